/// curl's options (its manual page, 8.11), as far as they tell whether the next word is theirs.
enum CommandOptions {
  /// Options of one letter by their long names, where those matter.
  static let flags = letters(
    "012346aBfgijJklLMNOpqRsSvVZ#", ["I": "head", "G": "get", "n": "netrc", ":": "next"])

  static let withValue = letters(
    "ACDPQUYcehmortwxyz",
    [
      "X": "request", "H": "header", "u": "user", "d": "data", "b": "cookie", "F": "form",
      "E": "cert",
      "K": "config", "T": "upload-file",
    ])

  /// Without a value.
  static let longFlags = set(
    """
    append basic ca-native cert-status compressed compressed-ssh create-dirs disable
    disable-eprt disable-epsv disallow-username-in-url fail fail-early fail-with-body
    false-start get globoff head http0.9 http1.0 http1.1 http2 http2-prior-knowledge http3
    http3-only ignore-content-length include insecure ipv4 ipv6 junk-session-cookies keepalive
    list-only location location-trusted no-alpn no-buffer no-clobber no-keepalive no-npn
    no-progress-meter no-sessionid no-compressed no-location no-fail no-insecure parallel
    parallel-immediate path-as-is post301 post302 post303 progress-bar proxy-anyauth
    proxy-basic proxy-digest proxy-insecure proxy-negotiate proxy-ntlm proxytunnel raw
    remote-header-name remote-name remote-name-all remote-time remove-on-error
    retry-all-errors retry-connrefused show-error show-headers silent skip-existing ssl
    ssl-allow-beast ssl-no-revoke ssl-reqd suppress-connect-headers styled-output
    no-styled-output tcp-fastopen tcp-nodelay tlsv1 tlsv1.0 tlsv1.1 tlsv1.2 tlsv1.3
    tr-encoding trace-ids trace-time use-ascii verbose version xattr
    """)

  /// With a value that is no credential, or one that is read.
  static let longWithValue = set(
    """
    abstract-unix-socket alt-svc cacert capath ciphers connect-timeout connect-to continue-at
    cookie-jar crlfile curves dns-interface dns-ipv4-addr dns-ipv6-addr dns-servers doh-url
    dump-header ech egd-file engine expect100-timeout happy-eyeballs-timeout-ms
    haproxy-clientip help hostpubmd5 hsts interface ip-tos keepalive-cnt keepalive-time
    key-type limit-rate local-port max-filesize max-redirs max-time noproxy output output-dir
    parallel-max pinnedpubkey preproxy proto proto-default proto-redir proxy proxy-cacert
    proxy-capath proxy-cert proxy-cert-type proxy-ciphers proxy-crlfile proxy-header proxy-key
    proxy-key-type proxy-pass proxy-pinnedpubkey proxy-service-name proxy-tls13-ciphers
    proxy-tlsauthtype proxy-tlspassword proxy-tlsuser proxy-user proxy1.0 quote random-file
    range rate referer request-target resolve retry retry-delay retry-max-time sigalgs socks4
    socks4a socks5 socks5-hostname speed-limit speed-time stderr tls-max tls13-ciphers
    tlsauthtype cert-type trace trace-ascii trace-config unix-socket url-query user-agent
    write-out request header user oauth2-bearer data data-raw data-binary data-urlencode
    data-ascii cookie url
    """)

  /// Without a value, and through which a credential may come that the command does not show.
  static let closingFlags = set(
    """
    netrc netrc-optional negotiate ntlm ntlm-wb digest anyauth next
    """)

  /// The same, with a value.
  static let closingWithValue = set(
    """
    netrc-file config cert key aws-sigv4 form form-string json upload-file delegation
    login-options service-name tlsuser tlspassword pass variable sasl-authzid krb
    """)

  private static func set(_ names: String) -> Set<String> {
    Set(names.split { $0 == " " || $0 == "\n" }.map(String.init))
  }

  private static func letters(_ others: String, _ named: [String: String]) -> [UInt8: String] {
    var names: [UInt8: String] = [:]
    for letter in others.utf8 where letter != 32 { names[letter] = "" }
    for (letter, name) in named { names[letter.utf8.first ?? 0] = name }
    return names
  }
}
