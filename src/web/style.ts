/** How our pages look: one column, large targets, light and dark; contrast of text at least 4.5 : 1 (WCAG 2.2, 1.4.3). */
export const style = `
:root{color-scheme:light dark;--paper:#fff;--ink:#1b1f24;--quiet:#57606a;--line:#8c959f;--field:#f6f8fa;--blue:#0b57d0;--onblue:#fff;
--bad:#b3261e;--badpaper:#fdecea;--good:#0f6b2f;--goodpaper:#e6f4ea}
@media (prefers-color-scheme:dark){:root{--paper:#14171b;--ink:#e8eaed;--quiet:#a9b1bb;--line:#7d8590;--field:#1f242a;--blue:#8ab4f8;
--onblue:#10151c;--bad:#ffb4ab;--badpaper:#3b1513;--good:#8fd6a4;--goodpaper:#12301c}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:17px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"PingFang SC",
"Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC",sans-serif}
main{max-width:40rem;margin:0 auto;padding:1rem 1rem 4rem}
header{display:flex;justify-content:space-between;align-items:center;gap:1rem}
.company{font-weight:600;color:var(--quiet);overflow-wrap:anywhere}
h1{font-size:1.5rem;line-height:1.25;margin:.75rem 0 .5rem}
p{margin:.5rem 0;overflow-wrap:anywhere}
a{color:var(--blue);text-underline-offset:.15em}
header a{display:inline-flex;align-items:center;justify-content:center;min-height:44px;min-width:44px;padding:0 .25rem;
white-space:nowrap}
:focus-visible{outline:3px solid var(--blue);outline-offset:2px}
fieldset{border:0;margin:1.5rem 0 0;padding:0;min-width:0}
legend,.label{display:block;font-weight:600;padding:0;margin:0 0 .25rem;overflow-wrap:anywhere}
.hint{color:var(--quiet);font-size:.9rem;margin:0 0 .5rem}
.scale{display:grid;grid-template-columns:repeat(6,minmax(44px,1fr));gap:.4rem}
.scale label{position:relative;display:block}
.scale input{position:absolute;inset:0;width:100%;height:100%;margin:0;opacity:0;cursor:pointer}
.scale span.box{display:flex;align-items:center;justify-content:center;min-height:48px;border:1px solid var(--line);
border-radius:10px;background:var(--field);font-weight:600}
.scale span.noanswer{font-weight:400;font-size:.8rem;line-height:1.15;text-align:center;color:var(--quiet);padding:.15rem}
.scale input:checked+span.box{background:var(--blue);border-color:var(--blue);color:var(--onblue)}
.scale input:checked+span.noanswer{background:transparent;border:2px solid var(--quiet);color:var(--ink)}
.scale input:focus-visible+span.box{outline:3px solid var(--blue);outline-offset:2px}
.ends{display:flex;justify-content:space-between;gap:1rem;color:var(--quiet);font-size:.9rem;margin:.25rem 0 0;
width:calc((100% - 2rem)*5/6 + 1.6rem)}
.ends span:last-child{text-align:right}
textarea{display:block;width:100%;min-height:8rem;padding:.6rem .75rem;border:1px solid var(--line);border-radius:10px;
background:var(--field);color:inherit;font:inherit;resize:vertical}
button{display:inline-block;min-height:48px;padding:.5rem 1.25rem;border:1px solid var(--blue);border-radius:10px;
background:var(--blue);color:var(--onblue);font:inherit;font-weight:600;cursor:pointer}
button.second{background:transparent;color:var(--ink);border-color:var(--line);font-weight:400}
.send{margin-top:1.75rem}
.send button{width:100%}
.said{border-radius:10px;padding:.75rem 1rem;margin:1rem 0;background:var(--goodpaper);color:var(--good)}
.wrong{border-radius:10px;padding:.75rem 1rem;margin:1rem 0;background:var(--badpaper);color:var(--bad)}
.wrong a{color:inherit}
.wrong h2,.said h2{font-size:1rem;margin:0 0 .25rem}
.wrong ul{margin:.25rem 0;padding-left:1.25rem}
.problem{color:var(--bad);font-weight:600;margin:.25rem 0}
[aria-invalid=true]{border-color:var(--bad)}
details{margin-top:2.5rem;border-top:1px solid var(--line);padding-top:.5rem;color:var(--quiet)}
summary{cursor:pointer;min-height:44px;padding:.6rem 0}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
section+section{margin-top:1.5rem;border-top:1px solid var(--line);padding-top:.5rem}
@media (forced-colors:active){.scale input:checked+span.box{forced-color-adjust:none;background:Highlight;color:HighlightText}}
@media (min-width:40rem){.send button{width:auto;min-width:14rem}}
`;
