import { describe, expect, it } from 'vitest';
import { harmless } from './mail_html';

describe('harmless', () => {
  it('keeps how a mail looks', () => {
    const shown = harmless('<html lang="de" dir="ltr"><body style="color: red"><table role="presentation" width="100%"><tr><td style="padding: 4px">Hallo <b>Ada</b></td></tr></table></body></html>');
    expect(shown.lang).toBe('de');
    expect(shown.style.color).toBe('red');
    expect(shown.querySelector('td')?.style.padding).toBe('4px');
    expect(shown.textContent).toBe('Hallo Ada');
  });
  it('leaves words alone that look like styles', () => {
    expect(harmless('<p style="color: red">a style="b" &lt;p style="c"&gt;</p>').textContent).toBe('a style="b" <p style="c">');
  });
  it('keeps nothing that does anything', () => {
    const shown = harmless('<div onclick="alert(1)">a<script>alert(2)</script><iframe src="x"></iframe><form><input></form><style>p{}</style><a href="javascript:alert(3)">b</a><img src="x" onerror="alert(4)"><img src="https://a.example/l.png" alt="Logo"><svg onload="alert(5)"></svg></div>');
    expect(shown.innerHTML).toBe('<div>a<a>b</a><img><img alt="Logo" src="https://a.example/l.png"></div>');
  });
});
