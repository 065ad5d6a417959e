/** What was typed into one form of a booking, in another one. */
const own = new Set(['start', 'pick_date', 'timezone', 'idempotency_key', 'form_stamp']);

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
const controls = (root: ParentNode) =>
  [...root.querySelectorAll<Control>('form[method=post] :is(input, textarea, select)')].filter((each) => each.name && each.type !== 'hidden' && !own.has(each.name));

const isTick = (control: Control): control is HTMLInputElement => control.type === 'checkbox' || control.type === 'radio';

/** Somebody typed since the page was loaded. */
export function isChanged(root: ParentNode): boolean {
  return controls(root).some((each) => {
    if (isTick(each)) return each.checked !== each.defaultChecked;
    if (each instanceof HTMLSelectElement) return each.value !== ([...each.options].find((option) => option.defaultSelected)?.value ?? '');
    return each.value !== each.defaultValue;
  });
}

export function hasValues(root: ParentNode): boolean {
  return controls(root).some((each) => (isTick(each) ? each.checked : each.value !== ''));
}

export function carry(from: ParentNode, to: ParentNode): void {
  const known = controls(from);
  for (const control of controls(to)) {
    const same = known.find((each) => each.name === control.name && each.type === control.type && (!isTick(control) || each.value === control.value));
    if (!same) continue;
    if (isTick(control)) control.checked = (same as HTMLInputElement).checked;
    else control.value = same.value;
    const folded = control.closest('details');
    if (folded && control.value) folded.open = true;
  }
}
