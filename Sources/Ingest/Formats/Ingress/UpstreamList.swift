internal import ByteScan

/// nginx's `$upstream_addr` and its companions: items joined by `, ` (retries), groups by ` : `
/// (internal redirects such as `error_page`), `-` where nothing was asked.
///
/// Source: `ngx_http_upstream_addr_variable` and `ngx_http_upstream_status_variable`,
/// <https://nginx.org/en/docs/http/ngx_http_upstream_module.html#var_upstream_addr>
struct UpstreamList: BitwiseCopyable {
  /// The last item of the first group: with several groups the others are what `error_page` and
  /// `X-Accel-Redirect` put in place of the answer.
  var start: Int
  var end: Int
  /// First byte after the list.
  var next: Int
  var items: Int

  /// Reads the list that starts at `from` and ends at the blank that is no separator, or at `to`.
  init(_ s: Span<UInt8>, _ from: Int, _ to: Int) {
    start = from
    end = Quoted.wordEnd(s, from, to)
    next = end
    items = 1
    var inFirstGroup = true
    while true {
      let hasComma = next > from && next + 1 < to && s[next - 1] == UInt8(ascii: ",")
      let isGroup =
        !hasComma && next + 2 < to && s[next + 1] == UInt8(ascii: ":")
        && s[next + 2] == 32
      if hasComma {
        if inFirstGroup { end = next - 1 }
      } else if isGroup {
        inFirstGroup = false
      } else {
        break
      }
      let itemStart = hasComma ? next + 1 : next + 3
      let itemEnd = Quoted.wordEnd(s, itemStart, to)
      if inFirstGroup {
        start = itemStart
        end = itemEnd
      }
      items += 1
      next = itemEnd
    }
  }

  func isAbsent(_ s: Span<UInt8>) -> Bool { Quoted.isAbsent(s, start, end) }
}
