/// The style sheet of the page: light and dark, phone, desktop and paper.
enum ReportStyle {
  /// The rules. No address of any other file may stand here.
  static let sheet: StaticString = """
    :root {
      color-scheme: light dark;
      --paper: #fcfcfa; --panel: #ffffff; --ink: #1d2226; --soft: #565f66; --rule: #dfe2e0; --accent: #0b5c8f;
      --heat: #0b5c8f; --on-heat: #ffffff; --good: #00694b; --bad: #a33b00; --care: #7a5a00; --code: #f1f3f1;
      --c0: #0067a5; --c1: #c44e00; --c2: #00805c; --c3: #a23b8f; --c4: #7a6200; --c5: #51585e; --c6: #4b4fc4; --c7: #b3263e;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --paper: #14181b; --panel: #1b2024; --ink: #e9ecee; --soft: #a9b3ba; --rule: #343c42; --accent: #7cc0f2;
        --heat: #6cb6ee; --on-heat: #0c1418; --good: #58d3a4; --bad: #ff9d66; --care: #e5c35a; --code: #20272c;
        --c0: #5ab4ff; --c1: #ff9350; --c2: #3dd598; --c3: #f08ad8; --c4: #e0c548; --c5: #b9c0c6; --c6: #a5a8ff; --c7: #ff8296;
      }
    }
    * { box-sizing: border-box; }
    html { -webkit-text-size-adjust: 100%; scroll-behavior: smooth; }
    body {
      margin: 0 auto; padding: 0 1.25rem 3rem; max-width: 76rem; background: var(--paper); color: var(--ink);
      font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", "Noto Sans", "Noto Sans Arabic", sans-serif;
    }
    header { padding: 2.25rem 0 0.75rem; }
    .brand { margin: 0; color: var(--accent); font-weight: 600; letter-spacing: 0.02em; }
    .brand span { font-family: "Noto Naskh Arabic", "Geeza Pro", serif; font-weight: 400; }
    h1 { margin: 0.15rem 0 0.3rem; font-size: clamp(1.6rem, 4.5vw, 2.3rem); line-height: 1.2; letter-spacing: -0.015em; overflow-wrap: anywhere; }
    h2 { margin: 0 0 0.75rem; font-size: 1.35rem; line-height: 1.3; letter-spacing: -0.01em; }
    h3 { margin: 0 0 0.5rem; font-size: 1rem; }
    .facts, .note, .aside, .interval, .summary, .source { color: var(--soft); }
    .facts { margin: 0; overflow-wrap: anywhere; }
    .note { max-width: 46rem; margin: 0.5rem 0 1rem; font-size: 0.9rem; }
    a { color: var(--accent); }
    nav { position: sticky; top: 0; z-index: 1; background: var(--paper); border-bottom: 1px solid var(--rule); }
    nav ul { display: flex; gap: 1.1rem; margin: 0; padding: 0.55rem 0; list-style: none; overflow-x: auto; white-space: nowrap; font-size: 0.9rem; }
    nav a { text-decoration: none; }
    nav a:hover { text-decoration: underline; }
    section { padding-top: 2.25rem; scroll-margin-top: 1.5rem; }
    footer { margin-top: 2.5rem; border-top: 1px solid var(--rule); }
    .scroll { overflow-x: auto; margin: 0 0 1rem; }
    table { border-collapse: collapse; font-size: 0.92rem; font-variant-numeric: tabular-nums; min-width: 100%; }
    caption.caption { text-align: start; font-weight: 600; padding: 1rem 0 0.25rem; }
    .hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
    th, td { padding: 0.5rem 0.7rem; border-bottom: 1px solid var(--rule); text-align: start; vertical-align: top; }
    th:first-child, td:first-child { padding-left: 0; }
    th:last-child, td:last-child { padding-right: 0; }
    thead th { color: var(--soft); font-weight: 500; font-size: 0.84rem; vertical-align: bottom; }
    tbody th { font-weight: 600; }
    .number { text-align: end; white-space: nowrap; }
    .interval, .summary { display: block; font-size: 0.8rem; font-weight: 400; }
    .summary { max-width: 17rem; white-space: normal; }
    .wide { font-size: 0.84rem; }
    .wide th, .wide td { padding-inline: 0.4rem; }
    .wide thead th { white-space: normal; }
    .wide tbody th { min-width: 7rem; }
    .wide bdi { white-space: nowrap; }
    .wide .interval { font-size: 0.74rem; white-space: normal; }
    .swatch { width: 1.6rem; height: 0.65rem; margin-inline-end: 0.5rem; vertical-align: 0.05em; }
    .legend { display: flex; flex-wrap: wrap; gap: 0.3rem 1.3rem; margin: 0 0 0.9rem; padding: 0; list-style: none; font-size: 0.9rem; }
    .grid { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 21.5rem), 1fr)); gap: 1.25rem; margin: 0.5rem 0 1rem; }
    figure { margin: 0; padding: 0.9rem 1rem; background: var(--panel); border: 1px solid var(--rule); border-radius: 0.5rem; min-width: 0; }
    figcaption { font-weight: 600; font-size: 0.95rem; margin-bottom: 0.5rem; overflow-wrap: anywhere; }
    figure .legend { margin: 0.5rem 0 0; font-size: 0.84rem; }
    figure .scroll { margin: 0; }
    figure table { font-size: 0.86rem; }
    figure th, figure td { padding: 0.42rem 0.4rem; }
    figure tr:last-child > * { border-bottom: 0; }
    figure .note { margin: 0.4rem 0 0; }
    .aside { float: inline-end; font-weight: 400; font-size: 0.85rem; }
    .chart { display: block; width: 100%; height: auto; max-width: 27rem; margin: 0 auto; font: 12px system-ui, "Noto Sans", "Noto Sans Arabic", sans-serif; }
    .chart text { fill: var(--soft); }
    .chart .axis { fill: var(--ink); }
    .chart .halo { paint-order: stroke; stroke: var(--panel); stroke-width: 3px; fill: var(--ink); }
    .chart .grid { stroke: var(--rule); stroke-width: 1; }
    .chart .base { stroke: var(--soft); stroke-width: 1; }
    .chart .zero { stroke: var(--ink); stroke-width: 1.5; }
    .chart .diagonal, .chart .limit { stroke: var(--ink); stroke-width: 1.2; stroke-dasharray: 4 4; }
    .line { fill: none; stroke: currentColor; stroke-width: 2.2; stroke-linejoin: round; stroke-linecap: butt; }
    .dot { fill: currentColor; stroke: var(--panel); stroke-width: 1; }
    .mark { fill: var(--panel); stroke: currentColor; stroke-width: 2.4; }
    .whisker { stroke: currentColor; stroke-width: 2.2; }
    .bar { fill: currentColor; fill-opacity: 0.35; }
    .cell { fill: var(--heat); }
    .chart .count { fill: var(--ink); font-variant-numeric: tabular-nums; }
    .chart .strong { fill: var(--on-heat); }
    .s0 { color: var(--c0); } .s1 { color: var(--c1); } .s2 { color: var(--c2); } .s3 { color: var(--c3); }
    .s4 { color: var(--c4); } .s5 { color: var(--c5); } .s6 { color: var(--c6); } .s7 { color: var(--c7); }
    details { margin-top: 0.6rem; font-size: 0.9rem; }
    summary { cursor: pointer; color: var(--accent); }
    .columns { display: grid; gap: 1.5rem; margin-bottom: 1.25rem; }
    .claims { padding-inline-start: 0.9rem; border-inline-start: 3px solid var(--soft); }
    .claims .note { margin: 0 0 0.5rem; }
    .claims ul { margin: 0; padding-inline-start: 1.1rem; columns: 21rem; column-gap: 2.5rem; }
    .claims li { break-inside: avoid; margin-bottom: 0.45rem; }
    .claims.supported { border-color: var(--good); } .claims.supported h3 { color: var(--good); }
    .claims.unsupported { border-color: var(--bad); } .claims.unsupported h3 { color: var(--bad); }
    .claims.caution { border-color: var(--care); } .claims.caution h3 { color: var(--care); }
    .kept { margin: 0.25rem 0; padding-inline-start: 1.2rem; font-size: 0.9rem; }
    .mistakes { margin-bottom: 1.75rem; }
    .mistakes ol { display: grid; gap: 0.9rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); margin: 0; padding: 0; list-style: none; }
    .mistakes li { padding: 0.8rem 1rem; background: var(--panel); border: 1px solid var(--rule); border-radius: 0.5rem; min-width: 0; }
    .verdict { margin: 0 0 0.5rem; font-size: 0.9rem; }
    .probability { font-weight: 600; font-variant-numeric: tabular-nums; }
    .label { font-weight: 600; }
    .source { display: block; font-size: 0.8rem; overflow-wrap: anywhere; }
    .text { margin: 0; font: 1.08rem/1.9 "Noto Naskh Arabic", "Geeza Pro", "Noto Sans Arabic", system-ui, sans-serif; overflow-wrap: anywhere; unicode-bidi: isolate; }
    .warning { border-inline-start: 3px solid var(--care); padding: 0.1rem 0.8rem; margin: 0.5rem 0; overflow-wrap: anywhere; }
    dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 14rem), 1fr)); gap: 0.55rem 1.5rem; margin: 0 0 1rem; }
    dt { color: var(--soft); font-size: 0.84rem; }
    dd { margin: 0; overflow-wrap: anywhere; }
    pre { margin: 0; padding: 0.9rem 1rem; background: var(--code); border-radius: 0.5rem; overflow-x: auto; white-space: pre-wrap; overflow-wrap: anywhere; font: 0.88rem/1.6 ui-monospace, "SF Mono", "Noto Sans Mono", monospace; }
    :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
    @media (max-width: 44rem) {
      body { padding: 0 1rem 2.5rem; }
      header { padding-top: 1.4rem; }
      table.cards, table.cards tbody, table.cards tr, table.cards td, table.cards tbody th { display: block; }
      table.cards thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
      table.cards caption.caption { display: block; }
      table.wide { font-size: 0.92rem; }
      table.cards tr { padding: 0.7rem 0; border-bottom: 1px solid var(--rule); }
      table.cards tbody th { padding: 0 0 0.35rem; border: 0; font-size: 1.05rem; }
      table.cards td { display: flex; justify-content: flex-end; align-items: baseline; gap: 0.6rem; padding: 0.14rem 0; border: 0; text-align: end; }
      table.cards td::before { content: attr(data-label); margin-inline-end: auto; color: var(--soft); text-align: start; white-space: normal; }
      table.cards td .interval { display: inline; }
      dl { grid-template-columns: 1fr 1fr; }
      .summary { max-width: none; }
      figure { padding: 0.75rem 0.6rem; }
    }
    @media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
    @media print {
      :root {
        --paper: #ffffff; --panel: #ffffff; --ink: #000000; --soft: #444444; --rule: #bbbbbb; --accent: #0b5c8f; --heat: #0b5c8f;
        --on-heat: #ffffff; --code: #f4f4f4; --good: #00694b; --bad: #a33b00; --care: #7a5a00;
        --c0: #0067a5; --c1: #c44e00; --c2: #00805c; --c3: #a23b8f; --c4: #7a6200; --c5: #51585e; --c6: #4b4fc4; --c7: #b3263e;
      }
      body { max-width: none; padding: 0; font-size: 10pt; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
      nav, details { display: none; }
      table { font-size: 8.5pt; }
      th, td { padding: 0.3rem 0.35rem; }
      tbody th { min-width: 7.5rem; }
      .wide { font-size: 7pt; }
      .wide tbody th { min-width: 0; }
      .wide th, .wide td { padding-inline: 0.2rem; }
      .wide thead th { font-size: inherit; }
      .wide .interval { font-size: 6pt; }
      section > .note { break-after: avoid; }
      section { padding-top: 1.2rem; }
      figure, tr, .mistakes li, .claims li { break-inside: avoid; }
      h2, h3, figcaption { break-after: avoid; }
      .scroll { overflow: visible; }
      .grid { grid-template-columns: repeat(2, 1fr); }
      .mistakes ol { grid-template-columns: 1fr; }
    }

    """
}
