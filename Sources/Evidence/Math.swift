#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// The few functions of the C library that the stages need.
public enum Math {
  /// The sum of numbers that come in no order, as those of a dictionary: it would differ in its last bits from run to
  /// run else.
  public static func sum(_ numbers: some Sequence<Double>) -> Double {
    numbers.sorted().reduce(0, +)
  }

  public static func exp(_ x: Double) -> Double {
    #if canImport(Glibc)
      Glibc.exp(x)
    #elseif canImport(Musl)
      Musl.exp(x)
    #else
      Darwin.exp(x)
    #endif
  }
  public static func log(_ x: Double) -> Double {
    #if canImport(Glibc)
      Glibc.log(x)
    #elseif canImport(Musl)
      Musl.log(x)
    #else
      Darwin.log(x)
    #endif
  }
}
