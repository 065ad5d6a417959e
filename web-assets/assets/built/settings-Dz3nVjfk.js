var Fn=Array.isArray,Br=Array.prototype.indexOf,mt=Array.prototype.includes,Ut=Array.from,Hn=Object.defineProperty,_t=Object.getOwnPropertyDescriptor,zn=Object.getOwnPropertyDescriptors,Fr=Object.prototype,Hr=Array.prototype,dn=Object.getPrototypeOf,Sn=Object.isExtensible;const Vn=()=>{};function zr(e){return typeof e?.then=="function"}function Vr(e){return e()}function en(e){for(var t=0;t<e.length;t++)e[t]()}function Yn(){var e,t,n=new Promise((r,s)=>{e=r,t=s});return{promise:n,resolve:e,reject:t}}const B=2,it=4,Et=8,Gn=1<<24,ae=16,he=32,Pe=64,tn=128,vn=256,ce=512,N=1024,A=2048,ne=4096,Y=8192,$=16384,at=32768,yt=1<<25,qe=65536,Ot=1<<17,Yr=1<<18,ft=1<<19,Wn=1<<20,ge=1<<25,Nt=1<<21,et=1<<22,Oe=1<<23,tt=Symbol("$state"),Kn=Symbol("component"),Gr=Symbol(""),Jn=Symbol("attributes"),nn=Symbol("class"),Wr=Symbol("style"),rn=Symbol("text"),St=new class extends Error{name="StaleReactionError";message="The reaction that called `getAbortSignal()` was re-run or destroyed"},Kr=1,Jr=2,Qn=4,Qr=8,Xr=16,Zr=1,es=2,Xn={},O=Symbol("uninitialized"),Zn="http://www.w3.org/1999/xhtml",ts="http://www.w3.org/2000/svg",ns="http://www.w3.org/1998/Math/MathML";function rs(){console.warn("https://svelte.dev/e/derived_inert")}function ss(){console.warn("https://svelte.dev/e/svelte_boundary_reset_noop")}function er(e){return e===this.v}function is(e,t){return e!=e?t==t:e!==t||e!==null&&typeof e=="object"||typeof e=="function"}function tr(e){return!is(e,this.v)}function os(){throw new Error("https://svelte.dev/e/async_derived_orphan")}function ls(e,t,n){throw new Error("https://svelte.dev/e/each_key_duplicate")}function as(e){throw new Error("https://svelte.dev/e/effect_in_teardown")}function fs(){throw new Error("https://svelte.dev/e/effect_in_unowned_derived")}function us(e){throw new Error("https://svelte.dev/e/effect_orphan")}function cs(){throw new Error("https://svelte.dev/e/effect_update_depth_exceeded")}function hs(){throw new Error("https://svelte.dev/e/state_descriptors_fixed")}function ds(){throw new Error("https://svelte.dev/e/state_prototype_fixed")}function vs(){throw new Error("https://svelte.dev/e/state_unsafe_mutation")}function ps(){throw new Error("https://svelte.dev/e/svelte_boundary_reset_onerror")}let $t=!1;function _s(){$t=!0}let I=null;function ot(e){I=e}function Bt(e,t=!1,n){I={p:I,i:!1,c:null,e:null,s:e,x:null,r:b,l:$t&&!t?{s:null,u:null,$:[]}:null}}function Ft(e){var t=I,n=t.e;if(n!==null){t.e=null;for(var r of n)mr(r)}return t.i=!0,I=t.p,pn(e)}function pn(e={}){return Hn(e,Kn,{value:!0}),e}function We(){return!$t||I!==null&&I.l===null}let ze=[];function nr(){var e=ze;ze=[],en(e)}function Te(e){if(ze.length===0&&!rt){var t=ze;queueMicrotask(()=>{t===ze&&nr()})}ze.push(e)}function ws(){for(;ze.length>0;)nr()}const gs=-7169;function j(e,t){e.f=e.f&gs|t}function _n(e){(e.f&ce)!==0||e.deps===null?j(e,N):j(e,ne)}function rr(e,t){(e.f&A)!==0?t.set(e,A):(e.f&ne)!==0&&t.get(e)!==A&&t.set(e,ne),j(e,N)}function Ht(e){var t=y,n=b;oe(null),be(null);try{return e()}finally{oe(t),be(n)}}function ms(e,t,n,r){const s=We()?zt:wn;var i=e.filter(c=>!c.settled),l=t.map(s);if(n.length===0&&i.length===0){r(l);return}var o=b,a=sr(),f=i.length===1?i[0].promise:i.length>1?Promise.all(i.map(c=>c.promise)):null;function d(c){if((o.f&$)===0){a();try{r([...l,...c])}catch(v){we(v,o)}bt()}}var h=ir();if(n.length===0){f.then(()=>d([])).finally(h);return}function u(){Promise.all(n.map(c=>ys(c))).then(d).catch(c=>we(c,o)).finally(h)}f?f.then(()=>{if((o.f&$)!==0){h();return}a(),u(),bt()}):u()}function sr(){var e=b,t=y,n=I,r=m;return function(i=!0){be(e),oe(t),ot(n),i&&(e.f&$)===0&&(r?.activate(),r?.apply())}}function bt(e=!0){be(null),oe(null),ot(null),e&&m?.deactivate()}function ir(){var e=b,t=e.b,n=m,r=!!t?.is_rendered();return t?.update_pending_count(1,n),n.increment(r,e),()=>{t?.update_pending_count(-1,n),n.decrement(r,e)}}function zt(e){var t=B|A;return b!==null&&(b.f|=ft),{ctx:I,deps:null,effects:null,equals:er,f:t,fn:e,reactions:null,rv:0,v:O,wv:0,parent:b,ac:null}}const dt=Symbol("obsolete");function ys(e,t,n){let r=b;r===null&&os();var s=void 0,i=je(O),l=!y,o=new Set;return Ns(()=>{var a=b,f=Yn();s=f.promise;try{Promise.resolve(e()).then(f.resolve,c=>{c!==St&&f.reject(c)}).finally(bt)}catch(c){f.reject(c),bt()}var d=m;if(l){if((a.f&at)!==0)var h=ir();if(r.b?.is_rendered())d.async_deriveds.get(a)?.reject(dt);else for(const c of o.values())c.reject(dt);o.add(f),d.async_deriveds.set(a,f)}const u=(c,v=void 0)=>{h?.(),o.delete(f),v!==dt&&(d.activate(),v?(i.f|=Oe,Re(i,v)):((i.f&Oe)!==0&&(i.f^=Oe),Re(i,c)),d.deactivate())};f.promise.then(u,c=>u(null,c||"unknown"))}),js(()=>{for(const a of o)a.reject(dt)}),new Promise(a=>{function f(d){function h(){d===s?a(i):f(s)}d.then(h,h)}f(s)})}function Rt(e){const t=zt(e);return Cr(t),t}function wn(e){const t=zt(e);return t.equals=tr,t}function bs(e){var t=e.effects;if(t!==null){e.effects=null;for(var n=0;n<t.length;n+=1)Q(t[n])}}function gn(e){var t,n=b,r=e.parent;if(!Ue&&r!==null&&e.v!==O&&(r.f&($|Y))!==0)return rs(),e.v;be(r);try{bs(e),t=Ar(e)}finally{be(n)}return t}function or(e){var t=gn(e);if(!e.equals(t)&&(e.wv=Mr(),(!m?.is_fork||e.deps===null)&&(m!==null?(m.capture(e,t,!0),nt?.capture(e,t,!0)):e.v=t,e.deps===null))){j(e,N);return}Ue||(fe!==null?(bn()||m?.is_fork)&&fe.set(e,t):_n(e))}function ks(e){if(e.effects!==null)for(const t of e.effects)(t.teardown||t.ac)&&(t.teardown?.(),t.ac!==null&&Ht(()=>{t.ac.abort(St),t.ac=null}),t.fn!==null&&(t.teardown=Vn),kt(t,0),kn(t))}function lr(e){if(e.effects!==null)for(const t of e.effects)t.teardown&&t.fn!==null&&lt(t)}let Gt=null,Je=null,m=null,nt=null,fe=null,sn=null,rt=!1,Wt=!1,wt=null,Lt=null;var Cn=0;let xs=1;class Ae{id=xs++;started=!1;linked=!0;prev=null;next=null;async_deriveds=new Map;current=new Map;previous=new Map;#t=new Set;#s=new Set;#e=0;#n=new Map;#r=null;#i=[];#l=[];#o=new Map;#a=new Map;#d=new Set;is_fork=!1;#f=!1;constructor(){Je===null?Gt=Je=this:(Je.next=this,this.prev=Je),Je=this}#v(){if(this.is_fork)return!0;for(const t of this.#n.keys())if(!this.#w(t))return!0;return!1}#w(t){for(var n=t;n!==null;n=n.parent)if(this.#a.has(n))return!0;return!1}skip_effect(t){this.#a.has(t)||this.#a.set(t,{d:[],m:[]}),this.#d.delete(t)}unskip_effect(t,n=r=>this.schedule(r)){var r=this.#a.get(t);if(r){this.#a.delete(t);for(var s of r.d)j(s,A),n(s);for(s of r.m)j(s,ne),n(s)}this.#d.add(t)}#u(){var t=[];for(const i of this.#i)if(!((i.f&$)!==0||(i.f&(A|ne))===0)){for(var n=i,r=!1;n.parent!==null;){n=n.parent;var s=n.f;if((s&(Pe|he))!==0){if((s&N)===0){r=!0;break}n.f^=N}}r||t.push(n)}return this.#i=[],t}#p(){this.started=!0;for(const[o,a]of this.#o)j(o,a),this.schedule(o);this.apply();for(var t=wt=[],n=[],r=Lt=[];this.#i.length>0;){Cn++>1e3&&(this.#h(),Ss());for(const o of this.#u())try{this.#m(o,t,n)}catch(a){throw ur(o),this.#v()||this.discard(),a}}if(m=null,r.length>0){var s=Ae.ensure();for(const o of r)s.schedule(o)}if(wt=null,Lt=null,this.#v()){this.#_(n),this.#_(t);for(const[o,a]of this.#a)fr(o,a);r.length>0&&m.#p();return}const i=this.#k();if(i){this.#_(n),this.#_(t),i.#c(this);return}this.#o.clear();for(const o of this.#t)o(this);this.#t.clear(),nt=this,Tn(n),Tn(t),nt=null,this.#r?.resolve();var l=m;this.#e===0&&(this.#i.length===0||l!==null)&&this.#h(),l!==null&&(me.clear(),l.#p())}#m(t,n,r){t.f^=N;for(var s=t.first;s!==null;){var i=s.f,l=(i&(he|Pe))!==0,o=l&&(i&N)!==0,a=o||(i&Y)!==0||this.#a.has(s);if(!a&&s.fn!==null){l?s.f^=N:(i&it)!==0?n.push(s):Tt(s)&&((i&ae)!==0&&this.add_dirty_reaction(s,ne),lt(s));var f=s.first;if(f!==null){s=f;continue}}for(;s!==null;){var d=s.next;if(d!==null){s=d;break}s=s.parent}}}#k(){for(var t=this.prev;t!==null;t=t.prev)if(!t.is_fork&&this.#g(t))return t;return null}#g(t){for(const[n,[,r]]of this.current)if(!r&&t.current.has(n))return!0;return!1}#c(t){for(const[r,s]of t.current)!this.previous.has(r)&&t.previous.has(r)&&this.previous.set(r,t.previous.get(r)),this.current.set(r,s);for(const[r,s]of t.async_deriveds){const i=this.async_deriveds.get(r);i&&s.promise.then(i.resolve).catch(i.reject)}t.async_deriveds.clear(),this.transfer_reactions(t.#o);const n=r=>{var s=r.reactions;if(s!==null&&!((r.f&B)!==0&&(r.f&(A|ne))===0))for(const o of s){var i=o.f;if((i&B)!==0)n(o);else{var l=o;i&(et|ae)&&!this.async_deriveds.has(l)&&(this.#o.delete(l),j(l,A),this.schedule(l))}}};for(const r of this.current.keys())n(r);this.oncommit(()=>t.discard()),t.#h(),m=this,this.#p()}#_(t){for(var n=0;n<t.length;n+=1)rr(t[n],this.#o)}capture(t,n,r=!1){t.v!==O&&!this.previous.has(t)&&this.previous.set(t,t.v),(t.f&Oe)===0&&(this.current.set(t,[n,r]),fe?.set(t,n)),this.is_fork||(t.v=n)}activate(){m=this}deactivate(){m=null,fe=null}flush(){try{Wt=!0,m=this,this.#p()}finally{Cn=0,sn=null,wt=null,Lt=null,Wt=!1,m=null,fe=null,me.clear()}}discard(){for(const t of this.#s)t(this);this.#s.clear();for(const t of this.async_deriveds.values())t.reject(dt);this.#h(),this.#r?.resolve()}register_created_effect(t){this.#l.push(t)}#y(){for(let h=Gt;h!==null;h=h.next){var t=h.id<this.id,n=[];for(const[u,[c,v]]of this.current){if(h.current.has(u)){var r=h.current.get(u)[0];if(t&&c!==r)h.current.set(u,[c,v]);else continue}n.push(u)}if(t)for(const[u,c]of this.async_deriveds){const v=h.async_deriveds.get(u);v&&c.promise.then(v.resolve).catch(v.reject)}var s=[...h.current.keys()].filter(u=>!h.current.get(u)[1]);if(!(!h.started||s.length===0)){var i=s.filter(u=>!this.current.has(u));if(i.length===0)t&&h.discard();else if(n.length>0){if(t)for(const u of this.#d)h.unskip_effect(u,c=>{(c.f&(ae|et))!==0?h.schedule(c):h.#_([c])});h.activate();var l=new Set,o=new Map;for(var a of n)ar(a,i,l,o);o=new Map;var f=[...h.current].filter(([u,c])=>{const v=this.current.get(u);return v?v[0]!==c[0]||v[1]!==c[1]:!0}).map(([u])=>u);if(f.length>0)for(const u of this.#l)(u.f&($|Y|Ot))===0&&mn(u,f,o)&&((u.f&(et|ae))!==0?(j(u,A),h.schedule(u)):h.add_dirty_reaction(u,A));if(h.#i.length>0&&!h.#f){h.apply();for(var d of h.#u())h.#m(d,[],[])}h.deactivate()}}}}increment(t,n){if(this.#e+=1,t){let r=this.#n.get(n)??0;this.#n.set(n,r+1)}}decrement(t,n){if(this.#e-=1,t){let r=this.#n.get(n)??0;r===1?this.#n.delete(n):this.#n.set(n,r-1)}this.#f||(this.#f=!0,Te(()=>{this.#f=!1,this.linked&&this.flush()}))}transfer_reactions(t){for(const[n,r]of t)this.add_dirty_reaction(n,r);t.clear()}add_dirty_reaction(t,n){(n===A||this.#o.get(t)!==A)&&this.#o.set(t,n)}oncommit(t){this.#t.add(t)}ondiscard(t){this.#s.add(t)}settled(){return(this.#r??=Yn()).promise}static ensure(){if(m===null){const t=m=new Ae;!Wt&&!rt&&Te(()=>{t.started||t.flush()})}return m}apply(){{fe=null;return}}schedule(t){if(sn=t,t.b?.is_pending&&(t.f&(it|Et|Gn))!==0&&(t.f&at)===0){t.b.defer_effect(t);return}this.#i.push(t)}#h(){if(this.linked){var t=this.prev,n=this.next;t===null?Gt=n:t.next=n,n===null?Je=t:n.prev=t,this.linked=!1}}}function Es(e){var t=rt,n=nt;nt=null,rt=!0;try{for(var r;;){if(ws(),m===null)return r;m.flush()}}finally{rt=t,nt=n}}function Ss(){try{cs()}catch(e){we(e,sn)}}let Ce=null;function Tn(e){var t=e.length;if(t!==0){for(var n=0;n<t;){var r=e[n++];if((r.f&($|Y))===0&&Tt(r)&&(Ce=new Set,lt(r),r.deps===null&&r.first===null&&r.nodes===null&&r.teardown===null&&r.ac===null&&xr(r),Ce?.size>0)){me.clear();for(const s of Ce){if((s.f&($|Y))!==0)continue;const i=[s];let l=s.parent;for(;l!==null;)Ce.has(l)&&(Ce.delete(l),i.push(l)),l=l.parent;for(let o=i.length-1;o>=0;o--){const a=i[o];(a.f&($|Y))===0&&lt(a)}}Ce.clear()}}Ce=null}}function ar(e,t,n,r){if(!n.has(e)&&(n.add(e),e.reactions!==null))for(const s of e.reactions){const i=s.f;(i&B)!==0?ar(s,t,n,r):(i&(et|ae))!==0&&(i&A)===0&&mn(s,t,r)&&(j(s,A),yn(s))}}function mn(e,t,n){const r=n.get(e);if(r!==void 0)return r;if(e.deps!==null)for(const s of e.deps){if(mt.call(t,s))return!0;if((s.f&B)!==0&&mn(s,t,n))return n.set(s,!0),!0}return n.set(e,!1),!1}function yn(e){m.schedule(e)}function fr(e,t){if(!((e.f&he)!==0&&(e.f&N)!==0)){(e.f&A)!==0?t.d.push(e):(e.f&ne)!==0&&t.m.push(e),j(e,N);for(var n=e.first;n!==null;)fr(n,t),n=n.next}}function ur(e){j(e,N);for(var t=e.first;t!==null;)ur(t),t=t.next}let Dt=new Set;const me=new Map;let cr=!1;function je(e,t){var n={f:0,v:e,reactions:null,equals:er,rv:0,wv:0};return n}function V(e,t){const n=je(e);return Cr(n),n}function on(e,t=!1,n=!0){const r=je(e);return t||(r.equals=tr),$t&&n&&I!==null&&I.l!==null&&(I.l.s??=[]).push(r),r}function K(e,t,n=!1){y!==null&&(!ue||(y.f&Ot)!==0)&&We()&&(y.f&(B|ae|et|Ot))!==0&&(ye===null||!ye.has(e))&&vs();let r=n?Xe(t):t;return Re(e,r,Lt)}var Fe=null,ln=0;function Re(e,t,n=null){if(!e.equals(t)){Ue?me.set(e,t):me.has(e)||me.set(e,e.v);var r=Ae.ensure();if(r.capture(e,t),(e.f&B)!==0){const s=e;(e.f&A)!==0&&gn(s),fe===null&&_n(s)}e.wv=Mr(),Fe=null,ln=0,hr(e,A,n),Fe=null,We()&&b!==null&&(b.f&N)!==0&&(b.f&(he|Pe))===0&&(re===null?Ps([e]):re.push(e)),!r.is_fork&&Dt.size>0&&!cr&&Cs()}return t}function Cs(){cr=!1;for(const e of Dt){(e.f&N)!==0&&j(e,ne);let t;try{t=Tt(e)}catch{t=!0}t&&lt(e)}Dt.clear()}function gt(e){K(e,e.v+1)}function hr(e,t,n){var r=e.reactions;if(r!==null){var s=We(),i=r.length;if(ln+=i,ln>1e5&&Fe===null&&(Fe=new Set),Fe!==null){if(Fe.has(e))return;Fe.add(e)}for(var l=0;l<i;l++){var o=r[l],a=o.f;if(!(!s&&o===b)){var f=(a&A)===0;if(f&&j(o,t),(a&Ot)!==0)Dt.add(o);else if((a&B)!==0){var d=o;fe?.delete(d),hr(d,ne,n)}else if(f){var h=o;(a&ae)!==0&&Ce!==null&&Ce.add(h),n!==null?n.push(h):yn(h)}}}}}function Xe(e){if(typeof e!="object"||e===null||tt in e||Kn in e)return e;const t=dn(e);if(t!==Fr&&t!==Hr)return e;var n=new Map,r=Fn(e),s=V(0),i=Ge,l=o=>{if(Ge===i)return o();var a=y,f=Ge;oe(null),An(i);var d=o();return oe(a),An(f),d};return r&&n.set("length",V(e.length)),new Proxy(e,{defineProperty(o,a,f){(!("value"in f)||f.configurable===!1||f.enumerable===!1||f.writable===!1)&&hs();var d=n.get(a);return d===void 0?l(()=>{var h=V(f.value);return n.set(a,h),h}):K(d,f.value,!0),!0},deleteProperty(o,a){var f=n.get(a);if(f===void 0){if(a in o){const d=l(()=>V(O));n.set(a,d),gt(s)}}else K(f,O),gt(s);return!0},get(o,a,f){if(a===tt)return e;var d=n.get(a),h=a in o;if(d===void 0&&(!h||_t(o,a)?.writable)&&(d=l(()=>{var c=Xe(h?o[a]:O),v=V(c);return v}),n.set(a,d)),d!==void 0){var u=w(d);return u===O?void 0:u}return Reflect.get(o,a,f)},getOwnPropertyDescriptor(o,a){this.has?.(o,a);var f=Reflect.getOwnPropertyDescriptor(o,a),d=n.get(a);if(d!==void 0){var h=w(d);if(h===O)return;if(f&&"value"in f)f.value=h;else return{enumerable:!0,configurable:!0,value:h,writable:!0}}return f},has(o,a){if(a===tt)return!0;var f=n.get(a),d=f!==void 0&&f.v!==O||Reflect.has(o,a);if(f!==void 0||(b!==null||y!==null)&&(!d||_t(o,a)?.writable)){f===void 0&&(f=l(()=>{var u=d?Xe(o[a]):O,c=V(u);return c}),n.set(a,f));var h=w(f);if(h===O)return!1}return d},set(o,a,f,d){var h=n.get(a),u=a in o;if(r&&a==="length")for(var c=f;c<h.v;c+=1){var v=n.get(c+"");v!==void 0?K(v,O):c in o&&(v=l(()=>V(O)),n.set(c+"",v))}if(h===void 0)(!u||_t(o,a)?.writable)&&(h=l(()=>V(void 0)),K(h,Xe(f)),n.set(a,h));else{u=h.v!==O;var g=l(()=>Xe(f));K(h,g)}var p=Reflect.getOwnPropertyDescriptor(o,a);if(p?.set&&p.set.call(d,f),!u){if(r&&typeof a=="string"){var _=n.get("length"),k=Number(a);Number.isInteger(k)&&k>=_.v&&K(_,k+1)}gt(s)}return!0},ownKeys(o){w(s);var a=Reflect.ownKeys(o).filter(h=>{var u=n.get(h);return u===void 0||u.v!==O});for(var[f,d]of n)d.v!==O&&!(f in o)&&a.push(f);return a},setPrototypeOf(){ds()}})}var Mn,dr,vr,pr;function Ts(){if(Mn===void 0){Mn=window,dr=/Firefox/.test(navigator.userAgent);var e=Element.prototype,t=Node.prototype,n=Text.prototype;vr=_t(t,"firstChild").get,pr=_t(t,"nextSibling").get,Sn(e)&&(e[nn]=void 0,e[Jn]=null,e[Wr]=void 0,e.__e=void 0),Sn(n)&&(n[rn]=void 0)}}function Ne(e=""){return document.createTextNode(e)}function Me(e){return vr.call(e)}function Ct(e){return pr.call(e)}function z(e,t){return Me(e)}function He(e,t=!1){{var n=Me(e);return n instanceof Comment&&n.data===""?Ct(n):n}}function se(e,t=!1){return Me(e)}function W(e,t=1,n=!1){let r=e;for(;t--;)r=Ct(r);return r}function Ms(e){e.textContent=""}function _r(){return!1}function wr(e,t,n){return t==null||t===Zn?n?document.createElement(e,{is:n}):document.createElement(e):n?document.createElementNS(t,e,{is:n}):document.createElementNS(t,e)}function Rs(e){var t=b;if(t===null)return y.f|=Oe,e;if((t.f&at)===0&&(t.f&it)===0)throw e;we(e,t)}function we(e,t){if(e===Xn)throw e;if(!(t!==null&&(t.f&$)!==0)){for(;t!==null;){if((t.f&tn)!==0&&(t.f&($|yt))===0){if((t.f&at)===0)throw e;try{t.b.error(e);return}catch(n){e=n}}t=t.parent}throw e}}function gr(e){b===null&&(y===null&&us(),fs()),Ue&&as()}function As(e,t){var n=t.last;n===null?t.last=t.first=e:(n.next=e,e.prev=n,t.last=e)}function ke(e,t){var n=b;n!==null&&(n.f&Y)!==0&&(e|=Y);var r={ctx:I,deps:null,nodes:null,f:e|A|ce,first:null,fn:t,last:null,next:null,parent:n,b:n&&n.b,prev:null,teardown:null,wv:0,ac:null};m?.register_created_effect(r);var s=r;if((e&it)!==0)wt!==null?wt.push(r):Ae.ensure().schedule(r);else if(t!==null){try{lt(r)}catch(l){throw Q(r),l}s.deps===null&&s.teardown===null&&s.nodes===null&&s.first===s.last&&(s.f&ft)===0&&(s=s.first,(e&ae)!==0&&(e&qe)!==0&&s!==null&&(s.f|=qe))}if(s!==null&&(s.parent=n,n!==null&&As(s,n),y!==null&&(y.f&B)!==0&&(e&Pe)===0)){var i=y;(i.effects??=[]).push(s)}return r}function bn(){return y!==null&&!ue}function js(e){const t=ke(Et,null);return j(t,N),t.teardown=e,t}function Pt(e){gr();var t=b.f,n=!y&&(t&he)!==0&&I!==null&&!I.i;if(n){var r=I;(r.e??=[]).push(e)}else return mr(e)}function mr(e){return ke(it|Wn,e)}function Is(e){return gr(),ke(Et|Wn,e)}function Ls(e){Ae.ensure();const t=ke(Pe|ft,e);return(n={})=>new Promise(r=>{n.outro?Ye(t,()=>{Q(t),r(void 0)}):(Q(t),r(void 0))})}function Os(e){return ke(it,e)}function Ns(e){return ke(et|ft,e)}function yr(e,t=0){return ke(Et|t,e)}function _e(e,t=[],n=[],r=[]){ms(r,t,n,s=>{ke(Et,()=>{e(...s.map(w))})})}function Ke(e,t=0){var n=ke(ae|t,e);return n}function ie(e){return ke(he|ft,e)}function br(e){var t=e.teardown;if(t!==null){const n=Ue,r=y;Rn(!0),oe(null);try{t.call(null)}catch(s){we(s,e.parent)}finally{Rn(n),oe(r)}}}function kn(e,t=!1){var n=e.first;for(e.first=e.last=null;n!==null;){const s=n.ac;s!==null&&Ht(()=>{s.abort(St)});var r=n.next;(n.f&Pe)!==0?n.parent=null:Q(n,t),n=r}}function Ds(e){for(var t=e.first;t!==null;){var n=t.next;(t.f&he)===0&&Q(t),t=n}}function Q(e,t=!0){var n=!1;(t||(e.f&Yr)!==0)&&e.nodes!==null&&e.nodes.end!==null&&(kr(e.nodes.start,e.nodes.end),n=!0),e.f|=yt,kn(e,t&&!n),kt(e,0);var r=e.nodes&&e.nodes.t;if(r!==null)for(const i of r)i.stop();br(e),e.f^=yt,e.f|=$;var s=e.parent;s!==null&&s.first!==null&&xr(e),e.next=e.prev=e.teardown=e.ctx=e.deps=e.fn=e.nodes=e.ac=e.b=null}function kr(e,t){for(;e!==null;){var n=e===t?null:Ct(e);e.remove(),e=n}}function xr(e){var t=e.parent,n=e.prev,r=e.next;n!==null&&(n.next=r),r!==null&&(r.prev=n),t!==null&&(t.first===e&&(t.first=r),t.last===e&&(t.last=n))}function Ye(e,t,n=!0){var r=[];e.f|=vn,Er(e,r,!0);var s=()=>{n&&Q(e),t&&t()},i=r.length;if(i>0){var l=()=>--i||s();for(var o of r)o.out(l)}else s()}function Er(e,t,n){if((e.f&Y)===0){e.f^=Y;var r=e.nodes&&e.nodes.t;if(r!==null)for(const o of r)(o.is_global||n)&&t.push(o);for(var s=e.first;s!==null;){var i=s.next;if((s.f&Pe)===0){var l=(s.f&qe)!==0||(s.f&he)!==0&&(e.f&ae)!==0;Er(s,t,l?n:!1)}s=i}}}function qt(e){e.f&=~vn,Sr(e,!0)}function Sr(e,t){if((e.f&vn)===0&&(e.f&Y)!==0){e.f^=Y,(e.f&N)===0&&(j(e,A),Ae.ensure().schedule(e));for(var n=e.first;n!==null;){var r=n.next,s=(n.f&qe)!==0||(n.f&he)!==0;Sr(n,s?t:!1),n=r}var i=e.nodes&&e.nodes.t;if(i!==null)for(const l of i)(l.is_global||t)&&l.in()}}function xn(e,t){if(e.nodes)for(var n=e.nodes.start,r=e.nodes.end;n!==null;){var s=n===r?null:Ct(n);t.append(n),n=s}}let Ue=!1;function Rn(e){Ue=e}let y=null,ue=!1;function oe(e){y=e}let b=null;function be(e){b=e}let ye=null;function Cr(e){y!==null&&((y.f&Nt)!==0||(y.f&B)!==0)&&(ye??=new Set).add(e)}let J=null,te=0,re=null;function Ps(e){re=e}let Tr=1,Ve=0,Ge=Ve;function An(e){Ge=e}function Mr(){return++Tr}function Tt(e){var t=e.f;if((t&A)!==0)return!0;if((t&ne)!==0){for(var n=e.deps,r=n.length,s=0;s<r;s++){var i=n[s];if(Tt(i)&&or(i),i.wv>e.wv)return!0}(t&ce)!==0&&fe===null&&j(e,N)}return!1}function Rr(e,t,n=!0){var r=e.reactions;if(r!==null&&!(ye!==null&&ye.has(e)))for(var s=0;s<r.length;s++){var i=r[s];(i.f&B)!==0?Rr(i,t,!1):t===i&&(n?j(i,A):(i.f&N)!==0&&j(i,ne),yn(i))}}function Ar(e){var t=J,n=te,r=re,s=y,i=ye,l=I,o=ue,a=Ge,f=e.f;J=null,te=0,re=null,y=(f&(he|Pe))===0?e:null,ye=null,ot(e.ctx),ue=!1,Ge=++Ve,e.ac!==null&&(Ht(()=>{e.ac.abort(St)}),e.ac=null);try{e.f|=Nt;var d=e.fn,h=d();e.f|=at;var u=jn(e);if(We()&&re!==null&&!ue&&u!==null&&(e.f&(B|ne|A))===0)for(var c=0;c<re.length;c++)Rr(re[c],e);if(s!==null&&s!==e){if(Ve++,s.deps!==null)for(let v=0;v<n;v+=1)s.deps[v].rv=Ve;if(t!==null)for(const v of t)v.rv=Ve;re!==null&&(r===null?r=re:r.push(...re))}return(e.f&Oe)!==0&&(e.f^=Oe),h}catch(v){return jn(e),Rs(v)}finally{e.f^=Nt,J=t,te=n,re=r,y=s,ye=i,ot(l),ue=o,Ge=a}}function jn(e){var t=e.deps,n=m?.is_fork;if(J!==null){var r;if(n||kt(e,te),t!==null&&te>0)for(t.length=te+J.length,r=0;r<J.length;r++)t[te+r]=J[r];else e.deps=t=J;if(bn()&&(e.f&ce)!==0)for(r=te;r<t.length;r++)(t[r].reactions??=[]).push(e)}else!n&&t!==null&&te<t.length&&(kt(e,te),t.length=te);return t}function qs(e,t){let n=t.reactions;if(n!==null){var r=Br.call(n,e);if(r!==-1){var s=n.length-1;s===0?n=t.reactions=null:(n[r]=n[s],n.pop())}}if(n===null&&(t.f&B)!==0&&(J===null||!mt.call(J,t))){var i=t;(i.f&ce)!==0&&(i.f^=ce),i.v!==O&&_n(i),i.ac!==null&&Ht(()=>{i.ac.abort(St),i.ac=null,j(i,A)}),ks(i),kt(i,0)}}function kt(e,t){var n=e.deps;if(n!==null)for(var r=t;r<n.length;r++)qs(e,n[r])}function lt(e){var t=e.f;if((t&$)===0){j(e,N);var n=b;b=e;try{(t&(ae|Gn))!==0?Ds(e):kn(e),br(e);var r=Ar(e);e.teardown=typeof r=="function"?r:null,e.wv=Tr;var s}finally{b=n}}}function w(e){var t=e.f,n=(t&B)!==0;if(y!==null&&!ue){var r=b!==null&&(b.f&$)!==0;if(!r&&(ye===null||!ye.has(e))){var s=y.deps;if((y.f&Nt)!==0)e.rv<Ve&&(e.rv=Ve,J===null&&s!==null&&s[te]===e?te++:J===null?J=[e]:J.push(e));else{y.deps??=[],mt.call(y.deps,e)||y.deps.push(e);var i=e.reactions;i===null?e.reactions=[y]:mt.call(i,y)||i.push(y)}}}if(Ue&&me.has(e))return me.get(e);if(n){var l=e;if(Ue){var o=l.v;return((l.f&N)===0&&l.reactions!==null||Ir(l))&&(o=gn(l)),me.set(l,o),o}var a=(l.f&ce)===0&&!ue&&y!==null&&(y.f&ce)!==0,f=(l.f&at)===0;Tt(l)&&(a&&(l.f|=ce),or(l)),a&&!f&&(lr(l),jr(l))}if(fe?.has(e))return fe.get(e);if((e.f&Oe)!==0)throw e.v;return e.v}function jr(e){if(e.f|=ce,e.deps!==null)for(const n of e.deps){var t=n.reactions;t===null?n.reactions=[e]:mt.call(t,e)||t.push(e),(n.f&B)!==0&&(n.f&ce)===0&&(lr(n),jr(n))}}function Ir(e){if(e.v===O)return!0;if(e.deps===null)return!1;for(const t of e.deps)if(me.has(t)||(t.f&B)!==0&&Ir(t))return!0;return!1}function En(e){var t=ue;try{return ue=!0,e()}finally{ue=t}}function Us(e){if(!(typeof e!="object"||!e||e instanceof EventTarget)){if(tt in e)an(e);else if(!Array.isArray(e))for(let t in e){const n=e[t];typeof n=="object"&&n&&tt in n&&an(n)}}}function an(e,t=new Set){if(typeof e=="object"&&e!==null&&!(e instanceof EventTarget)&&!t.has(e)){t.add(e),e instanceof Date&&e.getTime();for(let r in e)try{an(e[r],t)}catch{}const n=dn(e);if(n!==Object.prototype&&n!==Array.prototype&&n!==Map.prototype&&n!==Set.prototype&&n!==Date.prototype){const r=zn(n);for(let s in r){const i=r[s].get;if(i)try{i.call(e)}catch{}}}}}const $s=["touchstart","touchmove"];function Bs(e){return $s.includes(e)}const vt=Symbol("events"),Lr=new Set,fn=new Set;function Or(e,t,n){(t[vt]??={})[e]=n}function Nr(e){for(var t=0;t<e.length;t++)Lr.add(e[t]);for(var n of fn)n(e)}let Kt=null,Jt=!1;function In(e){var t=this,n=t.ownerDocument,r=e.type,s=e.composedPath?.()||[],i=s[0]||e.target;Kt=e,Jt||(Jt=!0,setTimeout(()=>{Jt=!1,Kt=null}));var l=0,o=Kt===e&&e[vt];if(o){var a=s.indexOf(o);if(a!==-1&&(t===document||t===window)){e[vt]=t;return}var f=s.indexOf(t);if(f===-1)return;a<=f&&(l=a)}if(i=s[l]||e.target,i!==t){Hn(e,"currentTarget",{configurable:!0,get(){return i||n}});var d=y,h=b;oe(null),be(null);try{for(var u,c=[];i!==null&&i!==t;){try{var v=i[vt]?.[r];v!=null&&(!i.disabled||e.target===i)&&v.call(i,e)}catch(g){u?c.push(g):u=g}if(e.cancelBubble)break;l++,i=l<s.length?s[l]:null}if(u){for(let g of c)queueMicrotask(()=>{throw g});throw u}}finally{e[vt]=t,delete e.currentTarget,oe(d),be(h)}}}const Fs=globalThis?.window?.trustedTypes&&globalThis.window.trustedTypes.createPolicy("svelte-trusted-html",{createHTML:e=>e});function Hs(e){return Fs?.createHTML(e)??e}function zs(e){var t=wr("template");return t.innerHTML=Hs(e.replaceAll("<!>","<!---->")),t.content}function xt(e,t){var n=b;n.nodes===null&&(n.nodes={start:e,end:t,a:null,t:null})}function de(e,t){var n=(t&Zr)!==0,r=(t&es)!==0,s,i=!e.startsWith("<!>");return()=>{s===void 0&&(s=zs(i?e:"<!>"+e),n||(s=Me(s)));var l=r||dr?document.importNode(s,!0):s.cloneNode(!0);if(n){var o=Me(l),a=l.lastChild;xt(o,a)}else xt(l,l);return l}}function Ze(){var e=document.createDocumentFragment(),t=document.createComment(""),n=Ne();return e.append(t,n),xt(t,n),e}function q(e,t){e!==null&&e.before(t)}function Vs(e){let t=0,n=je(0),r;return()=>{bn()&&(w(n),yr(()=>(t===0&&(r=En(()=>e(()=>gt(n)))),t+=1,()=>{Te(()=>{t-=1,t===0&&(r?.(),r=void 0,gt(n))})})))}}var Ys=qe|ft;function Gs(e,t,n,r){new Ws(e,t,n,r)}class Ws{parent;is_pending=!1;transform_error;#t;#s=null;#e;#n;#r;#i=null;#l=null;#o=null;#a=null;#d=0;#f=0;#v=!1;#w=new Map;#u=null;#p=Vs(()=>(this.#u=je(this.#d),()=>{this.#u=null}));constructor(t,n,r,s){this.#t=t,this.#e=n,this.#n=i=>{var l=b;l.b=this,l.f|=tn,r(i)},this.parent=b.b,this.transform_error=s??this.parent?.transform_error??(i=>i),this.#r=Ke(()=>{this.#y()},Ys)}#m(){try{this.#i=ie(()=>this.#n(this.#t))}catch(t){this.error(t)}}#k(t){const n=this.#e.failed,{reset:r,invoke_onerror:s}=this.#g(t);Te(s),n&&(this.#o=ie(()=>{n(this.#t,()=>t,()=>r)}))}#g(t){var n=!1,r=!1;const s=()=>{if(!this.#c()){if(n){ss();return}n=!0,r&&ps(),this.#o!==null&&Ye(this.#o,()=>{this.#o=null}),this.#b(()=>{this.#y()})}};return{reset:s,invoke_onerror:()=>{if(!this.#c())try{r=!0,this.#e.onerror?.(t,s),r=!1}catch(l){we(l,this.#r&&this.#r.parent)}}}}#c(){return(this.#r.f&($|yt))!==0}#_(){const t=this.#e.pending;t&&(this.is_pending=!0,this.#l=ie(()=>t(this.#t)),Te(()=>{if(!this.#c()){var n=this.#a=document.createDocumentFragment(),r=Ne(),s=!1;if(n.append(r),this.#i=this.#b(()=>{try{return ie(()=>this.#n(r))}catch(i){try{this.error(i),s=!0}catch(l){we(l,this.#r.parent)}return null}}),this.#i===null){this.#a=null,s&&this.#h(m);return}this.#f===0&&(this.#t.before(n),this.#a=null,Ye(this.#l,()=>{this.#l=null}),this.#h(m))}}))}#y(){try{if(this.is_pending=this.has_pending_snippet(),this.#f=0,this.#d=0,this.#i=ie(()=>{this.#n(this.#t)}),this.#f>0){var t=this.#a=document.createDocumentFragment();xn(this.#i,t);const n=this.#e.pending;this.#l=ie(()=>n(this.#t))}else this.#h(m)}catch(n){this.error(n)}}#h(t){this.is_pending=!1,t.transfer_reactions(this.#w)}defer_effect(t){rr(t,this.#w)}is_rendered(){return!this.is_pending&&(!this.parent||this.parent.is_rendered())}has_pending_snippet(){return!!this.#e.pending}#b(t){var n=b,r=y,s=I;be(this.#r),oe(this.#r),ot(this.#r.ctx);try{return Ae.ensure(),t()}finally{be(n),oe(r),ot(s)}}#x(t,n){if(!this.has_pending_snippet()){this.parent&&this.parent.#x(t,n);return}this.#f+=t,this.#f===0&&(this.#h(n),this.#l&&Ye(this.#l,()=>{this.#l=null}),this.#a&&(this.#t.before(this.#a),this.#a=null))}update_pending_count(t,n){this.#x(t,n),this.#d+=t,!(!this.#u||this.#v)&&(this.#v=!0,Te(()=>{this.#v=!1,this.#u&&Re(this.#u,this.#d)}))}get_effect_pending(){return this.#p(),w(this.#u)}error(t){if(t===Xn||!this.#e.onerror&&!this.#e.failed)throw t;m?.is_fork?(this.#i&&m.skip_effect(this.#i),this.#l&&m.skip_effect(this.#l),this.#o&&m.skip_effect(this.#o),m.oncommit(()=>{this.#c()||this.#E(t)})):this.#E(t)}#E(t){this.#i&&(Q(this.#i),this.#i=null),this.#l&&(Q(this.#l),this.#l=null),this.#o&&(Q(this.#o),this.#o=null);let n=this.#e.failed;const r=s=>{if(this.#c())return;const{reset:i,invoke_onerror:l}=this.#g(s);l(),n&&!this.#c()&&(this.#o=this.#b(()=>{try{return ie(()=>{var o=b;o.b=this,o.f|=tn,n(this.#t,()=>s,()=>i)})}catch(o){return we(o,this.#r.parent),null}}))};Te(()=>{if(!this.#c()){var s;try{s=this.transform_error(t)}catch(i){we(i,this.#r&&this.#r.parent);return}s!==null&&typeof s=="object"&&typeof s.then=="function"?s.then(r,i=>we(i,this.#r&&this.#r.parent)):r(s)}})}}function U(e,t){var n=t==null?"":typeof t=="object"?`${t}`:t;n!==(e[rn]??=e.nodeValue)&&(e[rn]=n,e.nodeValue=`${n}`)}function Ks(e,t){return Js(e,t)}const At=new Map;function Js(e,{target:t,anchor:n,props:r={},events:s,context:i,intro:l=!0,transformError:o}){Ts();var a=void 0,f=Ls(()=>{var d=n??t.appendChild(Ne());Gs(d,{pending:()=>{}},c=>{Bt({});var v=I;i&&(v.c=i),s&&(r.$$events=s),a=e(c,r)||pn(),Ft()},o);var h=new Set,u=c=>{for(var v=0;v<c.length;v++){var g=c[v];if(!h.has(g)){h.add(g);var p=Bs(g);for(const T of[t,document]){var _=At.get(T);_===void 0&&(_=new Map,At.set(T,_));var k=_.get(g);k===void 0?(T.addEventListener(g,In,{passive:p}),_.set(g,1)):_.set(g,k+1)}}}};return u(Ut(Lr)),fn.add(u),()=>{for(var c of h)for(const p of[t,document]){var v=At.get(p),g=v.get(c);--g==0?(p.removeEventListener(c,In),v.delete(c),v.size===0&&At.delete(p)):v.set(c,g)}fn.delete(u),d!==n&&d.parentNode?.removeChild(d)}});return Qs.set(a,f),a}let Qs=new WeakMap;class Mt{anchor;#t=new Map;#s=new Map;#e=new Map;#n=new Set;#r=!0;constructor(t,n=!0){this.anchor=t,this.#r=n}#i=t=>{if(this.#t.has(t)){var n=this.#t.get(t),r=this.#s.get(n);if(r)qt(r),this.#n.delete(n);else{var s=this.#e.get(n);s&&(qt(s.effect),this.#s.set(n,s.effect),this.#e.delete(n),s.fragment.lastChild.remove(),this.anchor.before(s.fragment),r=s.effect)}for(const[i,l]of this.#t){if(this.#t.delete(i),i===t)break;const o=this.#e.get(l);o&&(Q(o.effect),this.#e.delete(l))}for(const[i,l]of this.#s){if(i===n||this.#n.has(i))continue;const o=()=>{if(Array.from(this.#t.values()).includes(i)){var f=document.createDocumentFragment();xn(l,f),f.append(Ne()),this.#e.set(i,{effect:l,fragment:f})}else Q(l);this.#n.delete(i),this.#s.delete(i)};this.#r||!r?(this.#n.add(i),Ye(l,o,!1)):o()}}};#l=t=>{this.#t.delete(t);const n=Array.from(this.#t.values());for(const[r,s]of this.#e)n.includes(r)||(Q(s.effect),this.#e.delete(r))};ensure(t,n){var r=m,s=_r();if(n&&!this.#s.has(t)&&!this.#e.has(t))if(s){var i=document.createDocumentFragment(),l=Ne();i.append(l),this.#e.set(t,{effect:ie(()=>n(l)),fragment:i})}else this.#s.set(t,ie(()=>n(this.anchor)));if(this.#t.set(r,t),s){for(const[o,a]of this.#s)o===t?r.unskip_effect(a):r.skip_effect(a);for(const[o,a]of this.#e)o===t?r.unskip_effect(a.effect):r.skip_effect(a.effect);r.oncommit(this.#i),r.ondiscard(this.#l)}else this.#i(r)}}const Xs=0,Ln=1,Zs=2;function ei(e,t,n,r,s){var i=We(),l=O,o=i?je(l):on(l,!1,!1),a=i?je(l):on(l,!1,!1),f=new Mt(e);Ke(()=>{var d=m,h=t(),u=!1;if(zr(h)){var c=sr(),v=!1;const g=p=>{if(!u){v=!0,c(!1),m===d&&d.deactivate(),Ae.ensure();try{p()}finally{bt(!1),rt||Es()}}};h.then(p=>{g(()=>{Re(o,p),f.ensure(Ln,r&&(_=>r(_,o)))})},p=>{g(()=>{if(Re(a,p),f.ensure(Zs,s&&(_=>s(_,a))),!s)throw a.v})}),Te(()=>{v||g(()=>{f.ensure(Xs,n)})})}else Re(o,h),f.ensure(Ln,r&&(g=>r(g,o)));return()=>{u=!0}})}function un(e,t,n=!1){var r=new Mt(e),s=n?qe:0;function i(l,o){r.ensure(l,o)}Ke(()=>{var l=!1;t((o,a=0)=>{l=!0,i(a,o)}),l||i(-1,null)},s)}const ti=Symbol("NaN");function ni(e,t,n){var r=new Mt(e),s=!We();Ke(()=>{var i=t();i!==i&&(i=ti),s&&i!==null&&typeof i=="object"&&(i={}),r.ensure(i,n)})}function ri(e,t,n){for(var r=[],s=t.length,i,l=t.length,o=0;o<s;o++){let h=t[o];Ye(h,()=>{if(i){if(i.pending.delete(h),i.done.add(h),i.pending.size===0){var u=e.outrogroups;cn(e,Ut(i.done)),u.delete(i),u.size===0&&(e.outrogroups=null)}}else l-=1},!1)}if(l===0){var a=r.length===0&&n!==null&&e.pending.size===0;if(a){var f=n,d=f.parentNode;Ms(d),d.append(f),e.items.clear()}cn(e,t,!a)}else i={pending:new Set(t),done:new Set},(e.outrogroups??=new Set).add(i)}function cn(e,t,n=!0){var r;if(e.pending.size>0){r=new Set;for(const l of e.pending.values())for(const o of l)r.add(e.items.get(o).e)}for(var s=0;s<t.length;s++){var i=t[s];if(r?.has(i)){i.f|=ge;const l=document.createDocumentFragment();xn(i,l)}else Q(t[s],n)}}var On;function Dr(e,t,n,r,s,i=null){var l=e,o=new Map,a=(t&Qn)!==0;if(a){var f=e;l=f.appendChild(Ne())}var d=null,h=wn(()=>{var k=n();return Fn(k)?k:k==null?[]:Ut(k)}),u=new Map,c=!0;function v(k){if((_.effect.f&$)===0){_.pending.delete(k);var T=w(h);_.fallback=d,si(_,T,l,t,r),d!==null&&(T.length===0?(d.f&ge)===0?qt(d):(d.f^=ge,pt(d,null,l)):Ye(d,()=>{d=null}))}}function g(k){_.pending.delete(k)}var p=Ke(()=>{for(var k=w(h),T=k.length,L=new Set,F=m,ve=_r(),D=0;D<T;D+=1){var x=k[D],C=r(x,D),E=c?null:o.get(C);E?(E.v&&Re(E.v,x),E.i&&Re(E.i,D),ve&&F.unskip_effect(E.e)):(E=ii(o,c?l:On??=Ne(),x,C,D,s,t,n),c||(E.e.f|=ge),o.set(C,E)),L.add(C)}if(T===0&&i&&!d&&(c?d=ie(()=>i(l)):(d=ie(()=>i(On??=Ne())),d.f|=ge)),T>L.size&&ls(),!c)if(u.set(F,L),ve){for(const[G,xe]of o)L.has(G)||F.skip_effect(xe.e);F.oncommit(v),F.ondiscard(g)}else v(F);w(h)}),_={effect:p,items:o,pending:u,outrogroups:null,fallback:d};c=!1}function ht(e){for(;e!==null&&(e.f&he)===0;)e=e.next;return e}function si(e,t,n,r,s){var i=(r&Qr)!==0,l=t.length,o=e.items,a=ht(e.effect.first),f,d=null,h,u=[],c=[],v,g,p,_;if(i)for(_=0;_<l;_+=1)v=t[_],g=s(v,_),p=o.get(g).e,(p.f&ge)===0&&(p.nodes?.a?.measure(),(h??=new Set).add(p));for(_=0;_<l;_+=1){if(v=t[_],g=s(v,_),p=o.get(g).e,e.outrogroups!==null)for(const E of e.outrogroups)E.pending.delete(p),E.done.delete(p);if((p.f&Y)!==0&&(qt(p),i&&(p.nodes?.a?.unfix(),(h??=new Set).delete(p))),(p.f&ge)!==0)if(p.f^=ge,p===a)pt(p,null,n);else{var k=d?d.next:a;p===e.effect.last&&(e.effect.last=p.prev),p.prev&&(p.prev.next=p.next),p.next&&(p.next.prev=p.prev),Le(e,d,p),Le(e,p,k),pt(p,k,n),d=p,u=[],c=[],a=ht(d.next);continue}if(p!==a){if(f!==void 0&&f.has(p)){if(u.length<c.length){var T=c[0],L;d=T.prev;var F=u[0],ve=u[u.length-1];for(L=0;L<u.length;L+=1)pt(u[L],T,n);for(L=0;L<c.length;L+=1)f.delete(c[L]);Le(e,F.prev,ve.next),Le(e,d,F),Le(e,ve,T),a=T,d=ve,_-=1,u=[],c=[]}else f.delete(p),pt(p,a,n),Le(e,p.prev,p.next),Le(e,p,d===null?e.effect.first:d.next),Le(e,d,p),d=p;continue}for(u=[],c=[];a!==null&&a!==p;)(f??=new Set).add(a),c.push(a),a=ht(a.next);if(a===null)continue}(p.f&ge)===0&&u.push(p),d=p,a=ht(p.next)}if(e.outrogroups!==null){for(const E of e.outrogroups)E.pending.size===0&&(cn(e,Ut(E.done)),e.outrogroups?.delete(E));e.outrogroups.size===0&&(e.outrogroups=null)}if(a!==null||f!==void 0){var D=[];if(f!==void 0)for(p of f)(p.f&Y)===0&&D.push(p);for(;a!==null;)(a.f&Y)===0&&a!==e.fallback&&D.push(a),a=ht(a.next);var x=D.length;if(x>0){var C=(r&Qn)!==0&&l===0?n:null;if(i){for(_=0;_<x;_+=1)D[_].nodes?.a?.measure();for(_=0;_<x;_+=1)D[_].nodes?.a?.fix()}ri(e,D,C)}}i&&Te(()=>{if(h!==void 0)for(p of h)p.nodes?.a?.apply()})}function ii(e,t,n,r,s,i,l,o){var a=(l&Kr)!==0?(l&Xr)===0?on(n,!1,!1):je(n):null,f=(l&Jr)!==0?je(s):null;return{v:a,i:f,e:ie(()=>(i(t,a??n,f??s,o),()=>{e.delete(r)}))}}function pt(e,t,n){if(e.nodes)for(var r=e.nodes.start,s=e.nodes.end,i=t&&(t.f&ge)===0?t.nodes.start:n;r!==null;){var l=Ct(r);if(i.before(r),r===s)return;r=l}}function Le(e,t,n){t===null?e.effect.first=n:t.next=n,n===null?e.effect.last=t:n.prev=t}function oi(e,t,n=!1,r=!1,s=!1,i=!1){var l=e,o="";if(n)var a=e;_e(()=>{var f=b;if(o!==(o=t()??"")){if(n){f.nodes=null,a.innerHTML=o,o!==""&&xt(Me(a),a.lastChild);return}if(f.nodes!==null&&(kr(f.nodes.start,f.nodes.end),f.nodes=null),o!==""){var d=r?ts:s?ns:void 0,h=wr(r?"svg":s?"math":"template",d);h.innerHTML=o;var u=r||s?h:h.content;if(xt(Me(u),u.lastChild),r||s)for(;Me(u);)l.before(Me(u));else l.before(u)}}})}function li(e,t,...n){var r=new Mt(e);Ke(()=>{const s=t()??null;r.ensure(s,s&&(i=>s(i,...n)))},qe)}function ai(e,t,n){var r=new Mt(e);Ke(()=>{var s=t()??null;r.ensure(s,s&&(i=>n(i,s)))},qe)}function fi(e,t,n){var r=e==null?"":""+e;return r=r?r+" "+t:t,r===""?null:r}function ui(e,t,n,r,s,i){var l=e[nn];if(l!==n||l===void 0){var o=fi(n,r);o==null?e.removeAttribute("class"):e.className=o,e[nn]=n}return i}const ci=Symbol("is custom element"),hi=Symbol("is html");function jt(e,t,n,r){var s=di(e),i=s[t];i!==(s[t]=n)&&(t==="loading"&&(e[Gr]=n),n==null?e.removeAttribute(t):typeof n!="string"&&vi(e).has(t)?e[t]=n:e.setAttribute(t,n))}function di(e){return e[Jn]??={[ci]:e.nodeName.includes("-"),[hi]:e.namespaceURI===Zn}}var Nn=new Map;function vi(e){var t=e.getAttribute("is")||e.nodeName,n=Nn.get(t);if(n)return n;Nn.set(t,n=new Set);for(var r,s=e,i=Element.prototype;i!==s;){r=zn(s);for(var l in r)r[l].set&&l!=="innerHTML"&&l!=="textContent"&&l!=="innerText"&&n.add(l);s=dn(s)}return n}function Qt(e,t){return e===t||e?.[tt]===t}function pi(e=pn(),t,n,r){var s=I.r,i=b;return Os(()=>{var l,o;return yr(()=>{l=o,o=[],En(()=>{Qt(n(...o),e)||(t(e,...o),l&&Qt(n(...l),e)&&t(null,...l))})}),()=>{let a=i;for(;a!==s&&a.parent!==null&&a.parent.f&yt;)a=a.parent;const f=()=>{o&&Qt(n(...o),e)&&t(null,...o)},d=a.teardown;a.teardown=()=>{f(),d?.()}}}),e}function _i(e=!1){const t=I,n=t.l.u;if(!n)return;let r=()=>Us(t.s);if(e){let s=0,i={};const l=zt(()=>{let o=!1;const a=t.s;for(const f in a)a[f]!==i[f]&&(i[f]=a[f],o=!0);return o&&s++,s});r=()=>w(l)}n.b.length&&Is(()=>{Dn(t,r),en(n.b)}),Pt(()=>{const s=En(()=>n.m.map(Vr));return()=>{for(const i of s)typeof i=="function"&&i()}}),n.a.length&&Pt(()=>{Dn(t,r),en(n.a)})}function Dn(e,t){if(e.l.s)for(const n of e.l.s)w(n);t()}const wi="5";typeof window<"u"&&((window.__svelte??={}).v??=new Set).add(wi);const gi=`<!-- @license lucide-static v1.62.0 - ISC -->
<svg
  class="lucide lucide-arrow-down"
  xmlns="http://www.w3.org/2000/svg"
  width="24"
  height="24"
  viewBox="0 0 24 24"
  fill="none"
  stroke="currentColor"
  stroke-width="2"
  stroke-linecap="round"
  stroke-linejoin="round"
>
  <path d="M12 5v14" />
  <path d="m19 12-7 7-7-7" />
</svg>
`,mi=`<!-- @license lucide-static v1.62.0 - ISC -->
<svg
  class="lucide lucide-arrow-up"
  xmlns="http://www.w3.org/2000/svg"
  width="24"
  height="24"
  viewBox="0 0 24 24"
  fill="none"
  stroke="currentColor"
  stroke-width="2"
  stroke-linecap="round"
  stroke-linejoin="round"
>
  <path d="m5 12 7-7 7 7" />
  <path d="M12 19V5" />
</svg>
`,yi=`<!-- @license lucide-static v1.62.0 - ISC -->
<svg
  class="lucide lucide-calendar-days"
  xmlns="http://www.w3.org/2000/svg"
  width="24"
  height="24"
  viewBox="0 0 24 24"
  fill="none"
  stroke="currentColor"
  stroke-width="2"
  stroke-linecap="round"
  stroke-linejoin="round"
>
  <path d="M8 2v3" />
  <path d="M16 2v3" />
  <rect x="3" y="3" width="18" height="18" rx="2" />
  <path d="M3 9h18" />
  <path d="M8 13h.01" />
  <path d="M12 13h.01" />
  <path d="M16 13h.01" />
  <path d="M8 17h.01" />
  <path d="M12 17h.01" />
  <path d="M16 17h.01" />
</svg>
`,bi=`<!-- @license lucide-static v1.62.0 - ISC -->
<svg
  class="lucide lucide-check"
  xmlns="http://www.w3.org/2000/svg"
  width="24"
  height="24"
  viewBox="0 0 24 24"
  fill="none"
  stroke="currentColor"
  stroke-width="2"
  stroke-linecap="round"
  stroke-linejoin="round"
>
  <path d="M20 6 9 17l-5-5" />
</svg>
`,ki=`<!-- @license lucide-static v1.62.0 - ISC -->
<svg
  class="lucide lucide-clock"
  xmlns="http://www.w3.org/2000/svg"
  width="24"
  height="24"
  viewBox="0 0 24 24"
  fill="none"
  stroke="currentColor"
  stroke-width="2"
  stroke-linecap="round"
  stroke-linejoin="round"
>
  <circle cx="12" cy="12" r="10" />
  <path d="M12 6v6l4 2" />
</svg>
`,xi=`<!-- @license lucide-static v1.62.0 - ISC -->
<svg
  class="lucide lucide-code"
  xmlns="http://www.w3.org/2000/svg"
  width="24"
  height="24"
  viewBox="0 0 24 24"
  fill="none"
  stroke="currentColor"
  stroke-width="2"
  stroke-linecap="round"
  stroke-linejoin="round"
>
  <path d="m16 18 6-6-6-6" />
  <path d="m8 6-6 6 6 6" />
</svg>
`,Ei=`<!-- @license lucide-static v1.62.0 - ISC -->
<svg
  class="lucide lucide-copy"
  xmlns="http://www.w3.org/2000/svg"
  width="24"
  height="24"
  viewBox="0 0 24 24"
  fill="none"
  stroke="currentColor"
  stroke-width="2"
  stroke-linecap="round"
  stroke-linejoin="round"
>
  <rect width="14" height="14" x="8" y="8" rx="2" ry="2" />
  <path d="M4 16c-1.1 0-2-.9-2-2V4c0-1.1.9-2 2-2h10c1.1 0 2 .9 2 2" />
</svg>
`,Si=`<!-- @license lucide-static v1.62.0 - ISC -->
<svg
  class="lucide lucide-external-link"
  xmlns="http://www.w3.org/2000/svg"
  width="24"
  height="24"
  viewBox="0 0 24 24"
  fill="none"
  stroke="currentColor"
  stroke-width="2"
  stroke-linecap="round"
  stroke-linejoin="round"
>
  <path d="M15 3h6v6" />
  <path d="M10 14 21 3" />
  <path d="M18 13v6a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2h6" />
</svg>
`,Ci=`<!-- @license lucide-static v1.62.0 - ISC -->
<svg
  class="lucide lucide-grip-vertical"
  xmlns="http://www.w3.org/2000/svg"
  width="24"
  height="24"
  viewBox="0 0 24 24"
  fill="none"
  stroke="currentColor"
  stroke-width="2"
  stroke-linecap="round"
  stroke-linejoin="round"
>
  <circle cx="9" cy="12" r="1" />
  <circle cx="9" cy="5" r="1" />
  <circle cx="9" cy="19" r="1" />
  <circle cx="15" cy="12" r="1" />
  <circle cx="15" cy="5" r="1" />
  <circle cx="15" cy="19" r="1" />
</svg>
`,Ti=`<!-- @license lucide-static v1.62.0 - ISC -->
<svg
  class="lucide lucide-house"
  xmlns="http://www.w3.org/2000/svg"
  width="24"
  height="24"
  viewBox="0 0 24 24"
  fill="none"
  stroke="currentColor"
  stroke-width="2"
  stroke-linecap="round"
  stroke-linejoin="round"
>
  <path d="M15 21v-8a1 1 0 0 0-1-1h-4a1 1 0 0 0-1 1v8" />
  <path d="M3 10a2 2 0 0 1 .709-1.528l7-6a2 2 0 0 1 2.582 0l7 6A2 2 0 0 1 21 10v9a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2z" />
</svg>
`,Mi=`<!-- @license lucide-static v1.62.0 - ISC -->
<svg
  class="lucide lucide-info"
  xmlns="http://www.w3.org/2000/svg"
  width="24"
  height="24"
  viewBox="0 0 24 24"
  fill="none"
  stroke="currentColor"
  stroke-width="2"
  stroke-linecap="round"
  stroke-linejoin="round"
>
  <circle cx="12" cy="12" r="10" />
  <path d="M12 16v-4" />
  <path d="M12 8h.01" />
</svg>
`,Ri=`<!-- @license lucide-static v1.62.0 - ISC -->
<svg
  class="lucide lucide-chevron-left"
  xmlns="http://www.w3.org/2000/svg"
  width="24"
  height="24"
  viewBox="0 0 24 24"
  fill="none"
  stroke="currentColor"
  stroke-width="2"
  stroke-linecap="round"
  stroke-linejoin="round"
>
  <path d="m15 18-6-6 6-6" />
</svg>
`,Ai=`<!-- @license lucide-static v1.62.0 - ISC -->
<svg
  class="lucide lucide-link"
  xmlns="http://www.w3.org/2000/svg"
  width="24"
  height="24"
  viewBox="0 0 24 24"
  fill="none"
  stroke="currentColor"
  stroke-width="2"
  stroke-linecap="round"
  stroke-linejoin="round"
>
  <path d="M10 13a5 5 0 0 0 7.54.54l3-3a5 5 0 0 0-7.07-7.07l-1.72 1.71" />
  <path d="M14 11a5 5 0 0 0-7.54-.54l-3 3a5 5 0 0 0 7.07 7.07l1.71-1.71" />
</svg>
`,ji=`<!-- @license lucide-static v1.62.0 - ISC -->
<svg
  class="lucide lucide-mail"
  xmlns="http://www.w3.org/2000/svg"
  width="24"
  height="24"
  viewBox="0 0 24 24"
  fill="none"
  stroke="currentColor"
  stroke-width="2"
  stroke-linecap="round"
  stroke-linejoin="round"
>
  <path d="m22 7-8.991 5.727a2 2 0 0 1-2.009 0L2 7" />
  <rect x="2" y="4" width="20" height="16" rx="2" />
</svg>
`,Ii=`<!-- @license lucide-static v1.62.0 - ISC -->
<svg
  class="lucide lucide-pencil"
  xmlns="http://www.w3.org/2000/svg"
  width="24"
  height="24"
  viewBox="0 0 24 24"
  fill="none"
  stroke="currentColor"
  stroke-width="2"
  stroke-linecap="round"
  stroke-linejoin="round"
>
  <path d="M21.174 6.812a1 1 0 0 0-3.986-3.987L3.842 16.174a2 2 0 0 0-.5.83l-1.321 4.352a.5.5 0 0 0 .623.622l4.353-1.32a2 2 0 0 0 .83-.497z" />
  <path d="m15 5 4 4" />
</svg>
`,Li=`<!-- @license lucide-static v1.62.0 - ISC -->
<svg
  class="lucide lucide-plus"
  xmlns="http://www.w3.org/2000/svg"
  width="24"
  height="24"
  viewBox="0 0 24 24"
  fill="none"
  stroke="currentColor"
  stroke-width="2"
  stroke-linecap="round"
  stroke-linejoin="round"
>
  <path d="M5 12h14" />
  <path d="M12 5v14" />
</svg>
`,Oi=`<!-- @license lucide-static v1.62.0 - ISC -->
<svg
  class="lucide lucide-qr-code"
  xmlns="http://www.w3.org/2000/svg"
  width="24"
  height="24"
  viewBox="0 0 24 24"
  fill="none"
  stroke="currentColor"
  stroke-width="2"
  stroke-linecap="round"
  stroke-linejoin="round"
>
  <rect width="5" height="5" x="3" y="3" rx="1" />
  <rect width="5" height="5" x="16" y="3" rx="1" />
  <rect width="5" height="5" x="3" y="16" rx="1" />
  <path d="M21 16h-3a2 2 0 0 0-2 2v3" />
  <path d="M21 21v.01" />
  <path d="M12 7v3a2 2 0 0 1-2 2H7" />
  <path d="M3 12h.01" />
  <path d="M12 3h.01" />
  <path d="M12 16v.01" />
  <path d="M16 12h1" />
  <path d="M21 12v.01" />
  <path d="M12 21v-1" />
</svg>
`,Ni=`<!-- @license lucide-static v1.62.0 - ISC -->
<svg
  class="lucide lucide-chevron-right"
  xmlns="http://www.w3.org/2000/svg"
  width="24"
  height="24"
  viewBox="0 0 24 24"
  fill="none"
  stroke="currentColor"
  stroke-width="2"
  stroke-linecap="round"
  stroke-linejoin="round"
>
  <path d="m9 18 6-6-6-6" />
</svg>
`,Di=`<!-- @license lucide-static v1.62.0 - ISC -->
<svg
  class="lucide lucide-trash-2"
  xmlns="http://www.w3.org/2000/svg"
  width="24"
  height="24"
  viewBox="0 0 24 24"
  fill="none"
  stroke="currentColor"
  stroke-width="2"
  stroke-linecap="round"
  stroke-linejoin="round"
>
  <path d="M10 11v6" />
  <path d="M14 11v6" />
  <path d="M19 6v14a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2V6" />
  <path d="M3 6h18" />
  <path d="M8 6V4a2 2 0 0 1 2-2h4a2 2 0 0 1 2 2v2" />
</svg>
`,Pi=`<!-- @license lucide-static v1.62.0 - ISC -->
<svg
  class="lucide lucide-users"
  xmlns="http://www.w3.org/2000/svg"
  width="24"
  height="24"
  viewBox="0 0 24 24"
  fill="none"
  stroke="currentColor"
  stroke-width="2"
  stroke-linecap="round"
  stroke-linejoin="round"
>
  <path d="M16 21v-2a4 4 0 0 0-4-4H6a4 4 0 0 0-4 4v2" />
  <path d="M16 3.128a4 4 0 0 1 0 7.744" />
  <path d="M22 21v-2a4 4 0 0 0-3-3.87" />
  <circle cx="9" cy="7" r="4" />
</svg>
`,qi=`<!-- @license lucide-static v1.62.0 - ISC -->
<svg
  class="lucide lucide-triangle-alert"
  xmlns="http://www.w3.org/2000/svg"
  width="24"
  height="24"
  viewBox="0 0 24 24"
  fill="none"
  stroke="currentColor"
  stroke-width="2"
  stroke-linecap="round"
  stroke-linejoin="round"
>
  <path d="m21.73 18-8-14a2 2 0 0 0-3.48 0l-8 14A2 2 0 0 0 4 21h16a2 2 0 0 0 1.73-3" />
  <path d="M12 9v4" />
  <path d="M12 17h.01" />
</svg>
`,Ui=`<!-- @license lucide-static v1.62.0 - ISC -->
<svg
  class="lucide lucide-x"
  xmlns="http://www.w3.org/2000/svg"
  width="24"
  height="24"
  viewBox="0 0 24 24"
  fill="none"
  stroke="currentColor"
  stroke-width="2"
  stroke-linecap="round"
  stroke-linejoin="round"
>
  <path d="M18 6 6 18" />
  <path d="m6 6 12 12" />
</svg>
`,$i={arrowDown:gi,arrowUp:mi,calendar:yi,check:bi,clock:ki,code:xi,copy:Ei,external:Si,grip:Ci,home:Ti,info:Mi,left:Ri,link:Ai,mail:ji,pencil:Ii,plus:Li,qr:Oi,right:Ni,trash:Di,users:Pi,warning:qi,x:Ui};var Bi=de('<span class="icon s-615b8151" aria-hidden="true"></span>');function hn(e,t){var n=Bi();oi(n,()=>$i[t.name],!0),q(e,n)}class De extends Error{constructor(t,n,r,s=[],i={}){super(r),this.status=t,this.code=n,this.errors=s,this.body=i}of(t){return this.errors.find(n=>n.field===t)?.message}static from(t,n){if(typeof n=="object"&&n!==null){const r=n,s=l=>typeof r[l]=="string"?r[l]:"",i=Array.isArray(r.errors)?r.errors:[];return new De(t,s("code")||"unknown",s("detail")||s("title")||`The server answered ${t}.`,i,r)}return new De(t,"unknown",`The server answered ${t}.`)}static offline(){return new De(0,"offline","The server cannot be reached. Check the connection and try again.")}}class Fi{constructor(t){this.ask=t}#t=V(null);get value(){return w(this.#t)}set value(t){K(this.#t,t)}#s=V(null);get problem(){return w(this.#s)}set problem(t){K(this.#s,t)}#e=V(!1);get isLoading(){return w(this.#e)}set isLoading(t){K(this.#e,t,!0)}#n=0;async load(){const t=++this.#n;this.isLoading=!0;try{const n=await this.ask();if(t!==this.#n)return;this.value=n,this.problem=null}catch(n){if(t!==this.#n)return;this.problem=n instanceof De?n:De.offline()}this.isLoading=!1}}_s();const Hi=4e3;let zi=class{#t=V(Xe([]));get shown(){return w(this.#t)}set shown(t){K(this.#t,t,!0)}#s=1;say(t,n="good"){const r=this.#s++;this.shown.push({id:r,text:t,tone:n}),setTimeout(()=>this.shown=this.shown.filter(s=>s.id!==r),Hi)}};const Vi=new zi;var Yi=de("<p><!> </p>"),Gi=de('<div class="toasts s-e83abf45" role="status" aria-live="polite"></div>');function Wi(e,t){Bt(t,!1),_i();var n=Gi();Dr(n,5,()=>Vi.shown,r=>r.id,(r,s)=>{var i=Yi(),l=z(i);{let a=wn(()=>w(s).tone==="good"?"check":"warning");hn(l,{get name(){return w(a)}})}var o=W(l);_e(()=>{ui(i,1,`toast ${w(s).tone??""}`,"s-e83abf45"),U(o,` ${w(s).text??""}`)}),q(r,i)}),q(e,n),Ft()}const Ki={"hours.title":"Hours"},Ji={"meetings.title":"Meetings"},Qi={"overview.title":"Your scheduling links"},Xi={"pages.title":"Pages"},Zi={"shell.title":"Scheduling","shell.crm":"Back to the CRM","shell.skip":"Skip to the content","shell.sections":"Sections","shell.overview":"Overview","shell.hours":"Hours","shell.pages":"Pages","shell.meetings":"Meetings","shell.mails":"Mails","shell.loading":"Loading…","shell.failed":"This could not be loaded","shell.retry":"Try again","shell.unknown":"There is no such page here","shell.unknown.text":"The address may be mistyped, or what it showed is gone.","shell.save":"Save","shell.saving":"Saving…","shell.saved":"Saved.","shell.discard":"Discard changes","shell.cancel":"Cancel","shell.close":"Close","shell.delete":"Delete","shell.unsaved":"You have unsaved changes","shell.leave.title":"Leave without saving?","shell.leave.text":"What you changed here is not saved yet.","shell.leave.stay":"Stay here","shell.leave.go":"Leave without saving","shell.errors":"Please check what is marked below.","shell.copied":"Copied."},eo={"types.title":"Meeting types"},to={...Zi,...Qi,...Ki,...Xi,...eo,...Ji};function P(e,t={}){return to[e].replace(/\{(\w+)\}/g,(n,r)=>String(t[r]??n))}var no=de('<div class="notice bad" role="alert"><h2> </h2> <p> </p> <p><button class="button quiet"> </button></p></div>'),ro=de('<p class="soft" role="status"> </p>');function so(e,t){Bt(t,!0);var n=Ze(),r=He(n);{var s=o=>{var a=Ze(),f=He(a);li(f,()=>t.children,()=>t.of.value),q(o,a)},i=o=>{var a=no(),f=z(a),d=se(f,!0),h=W(f,2),u=se(h,!0),c=W(h,2),v=z(c),g=se(v,!0);_e((p,_)=>{U(d,p),U(u,t.of.problem.message),U(g,_)},[()=>P("shell.failed"),()=>P("shell.retry")]),Or("click",v,()=>t.of.load()),q(o,a)},l=o=>{var a=ro(),f=se(a,!0);_e(d=>U(f,d),[()=>P("shell.loading")]),q(o,a)};un(r,o=>{t.of.value!==null?o(s):t.of.problem?o(i,1):o(l,-1)})}q(e,n),Ft()}Nr(["click"]);const io=(function(){const t=typeof document<"u"&&document.createElement("link").relList;return t&&t.supports&&t.supports("modulepreload")?"modulepreload":"preload"})(),oo=function(e){return"/schedule/assets/built/"+e},Pn={},lo=function(t,n,r){let s=Promise.resolve();if(n&&n.length>0){let l=function(f){return Promise.all(f.map(d=>Promise.resolve(d).then(h=>({status:"fulfilled",value:h}),h=>({status:"rejected",reason:h}))))};document.getElementsByTagName("link");const o=document.querySelector("meta[property=csp-nonce]"),a=o?.nonce||o?.getAttribute("nonce");s=l(n.map(f=>{if(f=oo(f),f in Pn)return;Pn[f]=!0;const d=f.endsWith(".css"),h=d?'[rel="stylesheet"]':"";if(document.querySelector(`link[href="${f}"]${h}`))return;const u=document.createElement("link");if(u.rel=d?"stylesheet":io,d||(u.as="script"),u.crossOrigin="",u.href=f,a&&u.setAttribute("nonce",a),document.head.appendChild(u),d)return new Promise((c,v)=>{u.addEventListener("load",c),u.addEventListener("error",()=>v(new Error(`Unable to preload CSS for ${f}`)))})}))}function i(l){const o=new Event("vite:preloadError",{cancelable:!0});if(o.payload=l,window.dispatchEvent(o),!o.defaultPrevented)throw l}return s.then(l=>{for(const o of l||[])o.status==="rejected"&&i(o.reason);return t().catch(i)})},qn=[{path:"",label:"shell.overview",title:"overview.title",icon:"home",load:()=>lo(()=>import("./Overview-DHSSLVLo.js"),[])}],st="/settings/scheduling";function It(e){if(e.pathname!==st&&!e.pathname.startsWith(`${st}/`))return null;const[t="",n]=e.pathname.slice(st.length+1).split("/");return{section:t,id:n??null,query:e.searchParams}}class ao{#t=V(It(new URL(location.href))??{section:"",id:null,query:new URLSearchParams});get place(){return w(this.#t)}set place(t){K(this.#t,t)}#s=location.href;#e=null;guard(t){return this.#e=t,()=>{this.#e===t&&(this.#e=null)}}async go(t,{replace:n=!1}={}){const r=new URL(t,location.href);if(!It(r))return location.assign(r.href);await this.#n()&&(history[n?"replaceState":"pushState"](null,"",r.href),this.#r(r))}start(){const t=s=>{const i=s.target?.closest?.("a"),l=s.button===0&&!s.metaKey&&!s.ctrlKey&&!s.shiftKey&&!s.altKey;if(!i||!l||s.defaultPrevented||i.target||i.hasAttribute("download")||i.origin!==location.origin)return;const o=new URL(i.href);!It(o)||o.hash&&o.pathname===location.pathname||(s.preventDefault(),this.go(o.href))},n=async()=>{const s=location.href;if(s!==this.#s){if(await this.#n())return this.#r(new URL(s));history.pushState(null,"",this.#s)}},r=s=>{this.#e&&s.preventDefault()};return document.addEventListener("click",t),window.addEventListener("popstate",n),window.addEventListener("beforeunload",r),()=>{document.removeEventListener("click",t),window.removeEventListener("popstate",n),window.removeEventListener("beforeunload",r)}}async#n(){return!this.#e||await this.#e()?(this.#e=null,!0):!1}#r(t){this.#s=t.href,this.place=It(t)??this.place}}const Qe=new ao,fo=/\{[^{}]+\}/g,uo=()=>typeof process=="object"&&Number.parseInt(process?.versions?.node?.substring(0,2))>=18&&process.versions.undici;function co(){return Math.random().toString(36).slice(2,11)}function ho(e){let{baseUrl:t="",Request:n=globalThis.Request,fetch:r=globalThis.fetch,querySerializer:s,bodySerializer:i,pathSerializer:l,headers:o,requestInitExt:a=void 0,...f}={...e};a=uo()?a:void 0,t=Bn(t);const d=[];async function h(u,c){const{baseUrl:v,fetch:g=r,Request:p=n,headers:_,params:k={},parseAs:T="json",querySerializer:L,bodySerializer:F=i??po,pathSerializer:ve,body:D,middleware:x=[],...C}=c||{};let E=t;v&&(E=Bn(v)??t);let G=typeof s=="function"?s:Un(s);L&&(G=typeof L=="function"?L:Un({...typeof s=="object"?s:{},...L}));const xe=ve||l||vo,$e=D===void 0?void 0:F(D,$n(o,_,k.header)),ut=$n($e===void 0||$e instanceof FormData?{}:{"Content-Type":"application/json"},o,_,k.header),H=[...d,...x],Be={redirect:"follow",...f,...C,body:$e,headers:ut};let Ee,Ie,X=new p(_o(u,{baseUrl:E,params:k,querySerializer:G,pathSerializer:xe}),Be),M;for(const R in C)R in X||(X[R]=C[R]);if(H.length){Ee=co(),Ie=Object.freeze({baseUrl:E,fetch:g,parseAs:T,querySerializer:G,bodySerializer:F,pathSerializer:xe});for(const R of H)if(R&&typeof R=="object"&&typeof R.onRequest=="function"){const S=await R.onRequest({request:X,schemaPath:u,params:k,options:Ie,id:Ee});if(S)if(S instanceof p)X=S;else if(S instanceof Response){M=S;break}else throw new Error("onRequest: must return new Request() or Response() when modifying the request")}}if(!M){try{M=await g(X,a)}catch(R){let S=R;if(H.length)for(let ee=H.length-1;ee>=0;ee--){const pe=H[ee];if(pe&&typeof pe=="object"&&typeof pe.onError=="function"){const Se=await pe.onError({request:X,error:S,schemaPath:u,params:k,options:Ie,id:Ee});if(Se){if(Se instanceof Response){S=void 0,M=Se;break}if(Se instanceof Error){S=Se;continue}throw new Error("onError: must return new Response() or instance of Error")}}}if(S)throw S}if(H.length)for(let R=H.length-1;R>=0;R--){const S=H[R];if(S&&typeof S=="object"&&typeof S.onResponse=="function"){const ee=await S.onResponse({request:X,response:M,schemaPath:u,params:k,options:Ie,id:Ee});if(ee){if(!(ee instanceof Response))throw new Error("onResponse: must return new Response() when modifying the response");M=ee}}}}const le=M.headers.get("Content-Length");if(M.status===204||X.method==="HEAD"||le==="0"&&!M.headers.get("Transfer-Encoding")?.includes("chunked"))return M.ok?{data:void 0,response:M}:{error:void 0,response:M};if(M.ok)return{data:await(async()=>{if(T==="stream")return M.body;if(T==="json"&&!le){const S=await M.text();return S?JSON.parse(S):void 0}return await M[T]()})(),response:M};let Z=await M.text();try{Z=JSON.parse(Z)}catch{}return{error:Z,response:M}}return{request(u,c,v){return h(c,{...v,method:u.toUpperCase()})},GET(u,c){return h(u,{...c,method:"GET"})},PUT(u,c){return h(u,{...c,method:"PUT"})},POST(u,c){return h(u,{...c,method:"POST"})},DELETE(u,c){return h(u,{...c,method:"DELETE"})},OPTIONS(u,c){return h(u,{...c,method:"OPTIONS"})},HEAD(u,c){return h(u,{...c,method:"HEAD"})},PATCH(u,c){return h(u,{...c,method:"PATCH"})},TRACE(u,c){return h(u,{...c,method:"TRACE"})},use(...u){for(const c of u)if(c){if(typeof c!="object"||!("onRequest"in c||"onResponse"in c||"onError"in c))throw new Error("Middleware must be an object with one of `onRequest()`, `onResponse() or `onError()`");d.push(c)}},eject(...u){for(const c of u){const v=d.indexOf(c);v!==-1&&d.splice(v,1)}}}}function Vt(e,t,n){if(t==null)return"";if(typeof t=="object")throw new Error("Deeply-nested arrays/objects aren’t supported. Provide your own `querySerializer()` to handle these.");return`${e}=${n?.allowReserved===!0?t:encodeURIComponent(t)}`}function Pr(e,t,n){if(!t||typeof t!="object")return"";const r=[],s={simple:",",label:".",matrix:";"}[n.style]||"&";if(n.style!=="deepObject"&&n.explode===!1){for(const o in t)r.push(o,n.allowReserved===!0?t[o]:encodeURIComponent(t[o]));const l=r.join(",");switch(n.style){case"form":return`${e}=${l}`;case"label":return`.${l}`;case"matrix":return`;${e}=${l}`;default:return l}}for(const l in t){const o=n.style==="deepObject"?`${e}[${l}]`:l;r.push(Vt(o,t[l],n))}const i=r.join(s);return n.style==="label"||n.style==="matrix"?`${s}${i}`:i}function qr(e,t,n){if(!Array.isArray(t))return"";if(n.explode===!1){const i={form:",",spaceDelimited:"%20",pipeDelimited:"|"}[n.style]||",",l=(n.allowReserved===!0?t:t.map(o=>encodeURIComponent(o))).join(i);switch(n.style){case"simple":return l;case"label":return`.${l}`;case"matrix":return`;${e}=${l}`;default:return`${e}=${l}`}}const r={simple:",",label:".",matrix:";"}[n.style]||"&",s=[];for(const i of t)n.style==="simple"||n.style==="label"?s.push(n.allowReserved===!0?i:encodeURIComponent(i)):s.push(Vt(e,i,n));return n.style==="label"||n.style==="matrix"?`${r}${s.join(r)}`:s.join(r)}function Un(e){return function(n){const r=[];if(n&&typeof n=="object")for(const s in n){const i=n[s];if(i!=null){if(Array.isArray(i)){if(i.length===0)continue;r.push(qr(s,i,{style:"form",explode:!0,...e?.array,allowReserved:e?.allowReserved||!1}));continue}if(typeof i=="object"){r.push(Pr(s,i,{style:"deepObject",explode:!0,...e?.object,allowReserved:e?.allowReserved||!1}));continue}r.push(Vt(s,i,e))}}return r.join("&")}}function vo(e,t){let n=e;for(const r of e.match(fo)??[]){let s=r.substring(1,r.length-1),i=!1,l="simple";if(s.endsWith("*")&&(i=!0,s=s.substring(0,s.length-1)),s.startsWith(".")?(l="label",s=s.substring(1)):s.startsWith(";")&&(l="matrix",s=s.substring(1)),!t||t[s]===void 0||t[s]===null)continue;const o=t[s];if(Array.isArray(o)){n=n.replace(r,qr(s,o,{style:l,explode:i}));continue}if(typeof o=="object"){n=n.replace(r,Pr(s,o,{style:l,explode:i}));continue}if(l==="matrix"){n=n.replace(r,`;${Vt(s,o)}`);continue}n=n.replace(r,l==="label"?`.${encodeURIComponent(o)}`:encodeURIComponent(o))}return n}function po(e,t){return e instanceof FormData?e:t&&(t.get instanceof Function?t.get("Content-Type")??t.get("content-type"):t["Content-Type"]??t["content-type"])==="application/x-www-form-urlencoded"?new URLSearchParams(e).toString():JSON.stringify(e)}function _o(e,t){let n=`${t.baseUrl}${e}`;t.params?.path&&(n=t.pathSerializer(n,t.params.path));let r=t.querySerializer(t.params.query??{});return r.startsWith("?")&&(r=r.substring(1)),r&&(n+=`?${r}`),n}function $n(...e){const t=new Headers;for(const n of e){if(!n||typeof n!="object")continue;const r=n instanceof Headers?n.entries():Object.entries(n);for(const[s,i]of r)if(i===null)t.delete(s);else if(Array.isArray(i))for(const l of i)t.append(s,l);else i!==void 0&&t.set(s,i)}return t}function Bn(e){return e.endsWith("/")?e.substring(0,e.length-1):e}let Ur="";function wo(e){Ur=e}const go={onRequest({request:e}){return e.method!=="GET"&&e.headers.set("X-CSRF-Token",Ur),e},onResponse({response:e}){e.status===401&&location.assign(`/login?next=${encodeURIComponent(location.pathname+location.search)}`)}},$r=ho({baseUrl:location.origin,fetch:e=>globalThis.fetch(e)});$r.use(go);async function mo(e){let t;try{t=await e}catch{throw De.offline()}if(t.response.ok)return t.data;throw De.from(t.response.status,t.error)}class yo{#t=V(null);get user(){return w(this.#t)}set user(t){K(this.#t,t)}async load(){const{data:t}=await mo($r.GET("/api/v1/auth/session"));wo(t.csrf_token),this.user=t.user}get isAdmin(){return this.user?.role==="admin"}}const Xt=new yo;var bo=de('<span class="soft wrap" dir="auto"> </span>'),ko=de('<li><a class="s-9ac6dd3b"><!> </a></li>'),xo=de('<div class="notice bad" role="alert"><h2> </h2> <p><button class="button quiet"> </button></p></div>'),Eo=de('<p class="soft" role="status"> </p>'),So=de('<div class="stack"><h1> </h1> <p> <a class="s-9ac6dd3b"> </a></p></div>'),Co=de('<a class="skip s-9ac6dd3b" href="#content"> </a> <header class="top s-9ac6dd3b"><p class="name s-9ac6dd3b"><!> </p> <p class="row small"><!> <a href="/"> </a></p></header> <div class="frame s-9ac6dd3b"><nav class="s-9ac6dd3b"><ul class="s-9ac6dd3b"></ul></nav> <main id="content" tabindex="-1" class="s-9ac6dd3b"><!></main></div> <!>',1);function To(e,t){Bt(t,!0);const n=new Fi(async()=>(await Xt.load(),!0));n.load(),Pt(()=>Qe.start());const r=Rt(()=>qn.find(({path:x})=>x===Qe.place.section));let s=V(void 0),i=location.pathname;Pt(()=>{const x=w(r)?P(w(r).title):P("shell.unknown");document.title=`${x} – ${P("shell.title")}`,Qe.place,location.pathname!==i&&(i=location.pathname,window.scrollTo(0,0),w(s)?.focus())});var l=Co(),o=He(l),a=se(o,!0),f=W(o,2),d=z(f),h=z(d);hn(h,{name:"calendar"});var u=W(h),c=W(d,2),v=z(c);{var g=x=>{var C=bo(),E=se(C,!0);_e(()=>{U(E,Xt.user.name),C.dir=C.dir}),q(x,C)};un(v,x=>{Xt.user&&x(g)})}var p=W(v,2),_=se(p,!0),k=W(f,2),T=z(k),L=z(T);Dr(L,21,()=>qn.filter(x=>x.icon),x=>x.path,(x,C)=>{var E=ko(),G=z(E),xe=z(G);hn(xe,{get name(){return w(C).icon}});var $e=W(xe);_e(ut=>{jt(G,"href",w(C).path?`${st}/${w(C).path}`:st),jt(G,"aria-current",w(C)===w(r)?"page":void 0),U($e,` ${ut??""}`)},[()=>P(w(C).label)]),q(x,E)});var F=W(T,2),ve=z(F);so(ve,{get of(){return n},children:(C,E=Vn)=>{var G=Ze(),xe=He(G);{var $e=H=>{var Be=Ze(),Ee=He(Be);ni(Ee,()=>`${w(r).path}/${Qe.place.id}`,Ie=>{var X=Ze(),M=He(X);ei(M,()=>w(r).load(),le=>{var Z=Eo(),R=se(Z,!0);_e(S=>U(R,S),[()=>P("shell.loading")]),q(le,Z)},(le,Z)=>{var R=Rt(()=>{var{default:ct}=w(Z);return{shown:ct}}),S=Rt(()=>w(R).shown);const ee=Rt(()=>w(S));var pe=Ze(),Se=He(pe);ai(Se,()=>w(ee),(ct,Yt)=>{Yt(ct,{get id(){return Qe.place.id},get query(){return Qe.place.query}})}),q(le,pe)},le=>{var Z=xo(),R=z(Z),S=se(R,!0),ee=W(R,2),pe=z(ee),Se=se(pe,!0);_e((ct,Yt)=>{U(S,ct),U(Se,Yt)},[()=>P("shell.failed"),()=>P("shell.retry")]),Or("click",pe,()=>location.reload()),q(le,Z)}),q(Ie,X)}),q(H,Be)},ut=H=>{var Be=So(),Ee=z(Be),Ie=se(Ee,!0),X=W(Ee,2),M=z(X),le=W(M),Z=se(le,!0);_e((R,S,ee)=>{U(Ie,R),U(M,`${S??""} `),jt(le,"href",st),U(Z,ee)},[()=>P("shell.unknown"),()=>P("shell.unknown.text"),()=>P("shell.overview")]),q(H,Be)};un(xe,H=>{w(r)?H($e):H(ut,-1)})}q(C,G)},$$slots:{default:!0}}),pi(F,x=>K(s,x),()=>w(s));var D=W(k,2);Wi(D,{}),_e((x,C,E,G)=>{U(a,x),U(u,` ${C??""}`),U(_,E),jt(T,"aria-label",G)},[()=>P("shell.skip"),()=>P("shell.title"),()=>P("shell.crm"),()=>P("shell.sections")]),q(e,l),Ft()}Nr(["click"]);const Zt=document.getElementById("settings");Zt&&(Zt.replaceChildren(),Ks(To,{target:Zt}));export{Fi as L,so as W,P as a,U as b,q as c,Ft as d,mo as e,$r as f,z as g,Dr as h,_i as i,w as j,jt as k,de as l,Vn as n,se as o,Bt as p,W as s,_e as t};
