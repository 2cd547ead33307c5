/// The style sheet of the HTML report: light and dark by the reader's setting, print-friendly.
/// Every pair of text and ground has a contrast of at least 4.5 (WCAG 2.1, 1.4.3).
enum HTMLStyle {
  static let sheet: StaticString = """
    :root{color-scheme:light dark;--ground:#fff;--panel:#f6f7f9;--line:#d0d5db;--text:#1b1f24;
    --dim:#535c66;--link:#0b5cad;--bad:#a8281a;--warn:#7a4d00;--good:#1f6b2a;
    --c0:#0b5cad;--c1:#b3402a;--c2:#2e7d32;--c3:#8a5a00;--c4:#7b3fa0;--c5:#00747a;--c6:#a3195b;
    --c7:#5b6470}
    @media (prefers-color-scheme:dark){:root{--ground:#14171b;--panel:#1d2127;--line:#3a414b;
    --text:#e6e8eb;--dim:#a9b3be;--link:#7cb8f5;--bad:#ff9a8a;--warn:#f0c060;--good:#86d694;
    --c0:#6db3f2;--c1:#ff9a7f;--c2:#7fd18a;--c3:#e6b45c;--c4:#c79be8;--c5:#5fd3d9;--c6:#ff8fbf;
    --c7:#b4bcc6}}
    *{box-sizing:border-box}
    body{margin:0;background:var(--ground);color:var(--text);
    font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
    header,main,footer{max-width:62rem;margin:0 auto;padding:0 1.25rem}
    header{padding-top:2rem}
    h1{font-size:1.6rem;margin:0 0 .25rem;line-height:1.25}
    h2{font-size:1.25rem;margin:2.25rem 0 .75rem;border-bottom:1px solid var(--line);
    padding-bottom:.25rem}
    h3{font-size:1.05rem;margin:0 0 .25rem}
    p{margin:.4rem 0}
    a{color:var(--link)}
    code,pre{font:.88em/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
    code{overflow-wrap:anywhere}
    code.id{white-space:nowrap}
    pre{background:var(--panel);border:1px solid var(--line);border-radius:4px;padding:.5rem .75rem;
    margin:.4rem 0;white-space:pre-wrap;overflow-wrap:anywhere}
    .dim,footer{color:var(--dim)}
    .tiles{display:flex;flex-wrap:wrap;gap:.75rem;margin:1rem 0;padding:0;list-style:none}
    .tiles li{background:var(--panel);border:1px solid var(--line);border-radius:6px;
    padding:.6rem 1rem;min-width:8rem}
    .tiles b{display:block;font-size:1.4rem;line-height:1.2}
    article{border:1px solid var(--line);border-left:5px solid var(--bad);border-radius:6px;
    padding:1rem 1.25rem;margin:1rem 0}
    article.harmless{border-left-color:var(--good)}
    article.undecided{border-left-color:var(--warn)}
    .what{font-weight:600}
    dl{display:grid;grid-template-columns:8rem minmax(0,1fr);gap:.3rem 1rem;margin:.75rem 0}
    dt{color:var(--dim)}
    dd{margin:0}
    dd ul,dd ol{margin:0;padding-left:1.1rem}
    .cite{color:var(--link)}
    .scroll{overflow-x:auto}
    table{border-collapse:collapse;width:100%;font-size:.92rem}
    caption{text-align:left;color:var(--dim);padding:.25rem 0}
    th,td{text-align:left;vertical-align:top;padding:.35rem .6rem;border-bottom:1px solid var(--line)}
    td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
    figure{margin:1rem 0}
    svg{display:block;width:100%;height:auto}
    svg text{fill:var(--dim);font:12px system-ui,sans-serif}
    .axis{stroke:var(--line)}
    .legend{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;list-style:none;padding:0;margin:.5rem 0;
    font-size:.92rem}
    .legend span{display:inline-block;width:.8rem;height:.8rem;border-radius:2px;margin-right:.4rem}
    .f0{fill:var(--c0);background:var(--c0)}.f1{fill:var(--c1);background:var(--c1)}
    .f2{fill:var(--c2);background:var(--c2)}.f3{fill:var(--c3);background:var(--c3)}
    .f4{fill:var(--c4);background:var(--c4)}.f5{fill:var(--c5);background:var(--c5)}
    .f6{fill:var(--c6);background:var(--c6)}.f7{fill:var(--c7);background:var(--c7)}
    summary{cursor:pointer;color:var(--link)}
    footer{padding-top:1.5rem;padding-bottom:2rem;font-size:.9rem}
    @media (max-width:40rem){dl{grid-template-columns:1fr}dt{margin-top:.4rem}}
    @media print{body{font-size:11pt}article{break-inside:avoid}
    .legend span,svg rect{print-color-adjust:exact;-webkit-print-color-adjust:exact}
    details>*{display:block}}
    """
}
