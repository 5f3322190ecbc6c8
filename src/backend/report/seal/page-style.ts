/** The look of the seal in a report, beside the look of the report itself. */
export const PAGE_STYLE = `
.seal{max-width:1180px;margin:0 auto;padding:24px 32px 0}
.seal-state{display:flex;align-items:center;gap:14px;padding:16px 20px;border:2px solid var(--line);border-radius:8px;font-size:15pt;line-height:1.25}
.seal-state.good{border-color:var(--green);color:var(--green);background:#eff8f3}
.seal-state.bad{border-color:var(--red);color:var(--red);background:#fcf0ef}
.seal-mark{font-size:20pt;font-weight:700}
.seal-problems{margin:10px 0;color:var(--red);overflow-wrap:anywhere}
.seal-problems:empty{display:none}
.seal-state span+strong{flex:none}
.seal-state small{font-size:9.5pt;color:var(--text);margin-left:auto;text-align:right}
.seal-facts{margin:10px 0;color:var(--dim);overflow-wrap:anywhere}
.seal-pick{display:flex;flex-wrap:wrap;gap:8px 14px;align-items:center}
.seal-pick label{font-weight:600}
.seal-pick input{font:inherit;min-height:28px}
.seal-proves{border-left:3px solid var(--line);padding:2px 14px;color:var(--dim)}
.seal-proves h2{font-size:10.5pt;border:0;margin:4px 0;color:var(--text)}
button{font:inherit;min-height:26px;padding:2px 10px;border:1px solid var(--dim);border-radius:5px;background:#fff;color:var(--text);cursor:pointer}
button:hover{background:var(--soft)}
button:focus-visible,input:focus-visible,a:focus-visible{outline:2px solid var(--blue);outline-offset:2px}
.seal-record{width:min(900px,92vw);max-height:88vh;border:1px solid var(--dim);border-radius:8px;padding:8px 24px 20px}
.seal-record::backdrop{background:rgb(20 26 34/45%)}
.seal-record h2{margin-top:10px}
.seal-record .good{color:var(--green);font-weight:600}
.seal-record .bad{color:var(--red);font-weight:600}
@media print{.seal-pick{display:none}.seal{padding-top:0}.seal-state{font-size:12pt}}
`
