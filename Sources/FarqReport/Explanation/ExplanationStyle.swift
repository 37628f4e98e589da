/// What the page of an explanation has beside ``ReportStyle``.
enum ExplanationStyle {
  /// The rules. No address of any other file may stand here.
  static let sheet: StaticString = """
    mark { color: inherit; background: none; border-radius: 0.2em; padding: 0.05em 0.1em; margin: 0 -0.1em; box-decoration-break: clone; -webkit-box-decoration-break: clone; }
    .note mark { color: var(--ink); }
    mark.against { border-block-end: 2px dashed var(--c1); }
    mark.for.k1 { background: color-mix(in srgb, var(--c0) 9%, transparent); }
    mark.for.k2 { background: color-mix(in srgb, var(--c0) 19%, transparent); }
    mark.for.k3 { background: color-mix(in srgb, var(--c0) 30%, transparent); }
    mark.for.k4 { background: color-mix(in srgb, var(--c0) 42%, transparent); }
    mark.for.k5 { background: color-mix(in srgb, var(--c0) 55%, transparent); }
    mark.against.k1 { background: color-mix(in srgb, var(--c1) 9%, transparent); }
    mark.against.k2 { background: color-mix(in srgb, var(--c1) 19%, transparent); }
    mark.against.k3 { background: color-mix(in srgb, var(--c1) 30%, transparent); }
    mark.against.k4 { background: color-mix(in srgb, var(--c1) 42%, transparent); }
    mark.against.k5 { background: color-mix(in srgb, var(--c1) 55%, transparent); }
    .explained { padding: 1rem 1.2rem; background: var(--panel); border: 1px solid var(--rule); border-radius: 0.5rem; font-size: 1.2rem; line-height: 2.1; white-space: pre-wrap; margin-bottom: 1.25rem; }
    .unread { color: var(--soft); opacity: 0.75; }
    .word { font: 1.12em/1.4 "Noto Naskh Arabic", "Geeza Pro", "Noto Sans Arabic", system-ui, sans-serif; }
    .times { color: var(--soft); font-weight: 400; }
    .track { display: block; min-width: 5rem; height: 0.75rem; margin-block-start: 0.35rem; }
    .amount { display: block; height: 100%; min-width: 1px; border-radius: 0.15rem; background: var(--c0); }
    .amount.minus { background: repeating-linear-gradient(-45deg, var(--c1) 0 4px, color-mix(in srgb, var(--c1) 45%, transparent) 4px 7px); }
    #prediction table { max-width: 44rem; min-width: min(100%, 44rem); }
    #prediction td:nth-child(3), #words td:nth-child(3) { width: 45%; }
    .columns .scroll { margin: 0; }
    .maps { display: flex; flex-wrap: wrap; align-items: flex-start; gap: 1.25rem; margin: 0.5rem 0 1rem; }
    .maps figure { max-width: 100%; }
    /* Labels are anchored from the left; each keeps its own direction. */
    .map { margin: 0 auto; direction: ltr; }
    .map .chart { max-width: none; font-size: 11.5px; }
    .map .chart text { fill: var(--ink); }
    .map .ground { fill: var(--paper); stroke: var(--rule); }
    .less { fill: var(--c1); }
    .key { font-size: 0.84rem; }
    @media (max-width: 44rem) {
      .explained { padding: 0.8rem 0.9rem; font-size: 1.12rem; }
      .maps figure { width: 100%; }
      #attention th, #attention td, #lambda th, #lambda td { padding-inline: 0.3rem; }
    }
    @media print { .maps { display: block; } .maps figure { break-inside: avoid; margin-block-end: 0.8rem; } }

    """
}
