internal import Evidence

/// What each failure's answer says, by exchange. Most say nothing: those share one value.
struct Answers: Sendable {
  /// By exchange: index into `values`; 0 a failure that says nothing, -1 no failure.
  private var places: [Int32]
  private var values: [Answer] = [Answer()]

  /// Reads the answers of all failures.
  init(_ file: CaseFile, _ briefs: [Brief], _ crew: Crew) {
    places = briefs.map { $0.isFailure ? 0 : -1 }
    let telling = crew.spans(briefs.count) { span in
      span.compactMap { i -> (exchange: Int, answer: Answer)? in
        guard briefs[i].isFailure, AnswerReading.mayTell(i, file) else { return nil }
        let answer = AnswerReading.read(i, file)
        return answer.isEmpty ? nil : (i, answer)
      }
    }
    for one in telling.joined() { self[one.exchange] = one.answer }
  }

  /// `nil` where the exchange is no failure.
  subscript(exchange: Int) -> Answer? {
    get {
      let place = places[exchange]
      return place < 0 ? nil : values[Int(place)]
    }
    set {
      guard let newValue else {
        places[exchange] = -1
        return
      }
      if newValue.isEmpty {
        places[exchange] = 0
      } else if places[exchange] > 0 {
        values[Int(places[exchange])] = newValue
      } else {
        places[exchange] = Int32(truncatingIfNeeded: values.count)
        values.append(newValue)
      }
    }
  }

  /// No answer says anything.
  var areSilent: Bool { values.count == 1 }
  func isFailure(_ exchange: Int) -> Bool { places[exchange] >= 0 }
  /// `false` where the answer says nothing at all, and where there is none.
  func says(_ exchange: Int) -> Bool { places[exchange] > 0 }
  func statement(_ exchange: Int) -> Statement? {
    let place = places[exchange]
    return place > 0 ? values[Int(place)].statement : nil
  }
  func voice(_ exchange: Int) -> Answer.Voice {
    let place = places[exchange]
    return place > 0 ? values[Int(place)].voice : .none
  }

  /// Gives one answer to several exchanges, kept once.
  mutating func share(_ answer: Answer, among exchanges: [Int]) {
    let place = Int32(truncatingIfNeeded: values.count)
    values.append(answer)
    for i in exchanges { places[i] = place }
  }
}
