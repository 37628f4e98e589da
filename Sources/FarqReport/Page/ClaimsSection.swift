/// What can be claimed and what cannot, in words.
struct ClaimsSection: Sendable {
  /// The claims.
  let claims: [Claim]

  /// The section; nothing where there is no claim.
  var markup: Markup {
    guard !claims.isEmpty else { return .empty }
    let groups: [(ClaimKind, String)] = [
      (.supported, "The run supports"), (.unsupported, "The run does not show"), (.caution, "Read with care"),
    ]
    let blocks: [Markup] = groups.compactMap { kind, title in
      let members = claims.filter { $0.kind == kind }
      guard !members.isEmpty else { return nil }
      return .tag(
        "div", ["class": "claims \(kind.rawValue)"], .tag("h3", [:], Markup(title)),
        .tag("ul", [:], members.map { .tag("li", [:], Markup($0.statement)) }))
    }
    return PageParts.section("claims", "What can be claimed", [.tag("div", ["class": "columns"], blocks)])
  }
}
