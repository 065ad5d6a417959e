/** Short words about what just happened: "Saved." They go by themselves; nothing important stands only here. */
interface Toast {
  id: number;
  text: string;
  tone: 'good' | 'bad';
}

const shownMs = 4000;

class Toasts {
  shown: Toast[] = $state([]);
  #next = 1;

  say(text: string, tone: Toast['tone'] = 'good'): void {
    const id = this.#next++;
    this.shown.push({ id, text, tone });
    setTimeout(() => (this.shown = this.shown.filter((toast) => toast.id !== id)), shownMs);
  }
}

export const toasts = new Toasts();
