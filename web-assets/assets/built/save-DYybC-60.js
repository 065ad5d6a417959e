function a(c,n,o){const t=URL.createObjectURL(new Blob([n],{type:`${o};charset=utf-8`})),e=document.createElement("a");e.href=t,e.download=c,e.click(),URL.revokeObjectURL(t)}export{a as s};
