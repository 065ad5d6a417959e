import { mount } from 'svelte';
import '../shared/styles/tokens.css';
import '../shared/styles/base.css';
import App from './App.svelte';

const target = document.getElementById('settings');
if (target) {
  target.replaceChildren();
  mount(App, { target });
}
