namespace Course.TakeHome.Contracts;

/// <summary>A test of a speculative decoder.</summary>
/// <param name="Name">The condition and the expectation.</param>
/// <param name="Run">Throws if the decoder is wrong, for instance by <see cref="Demand"/>.</param>
public sealed record DecoderTest(string Name, Action<ISpeculativeDecoder> Run);

/// <summary>Exercise "tests": a suite that fails every wrong decoder and passes every correct one, however it works inside.</summary>
public interface IDecoderTests
{
    IReadOnlyList<DecoderTest> Tests { get; }
}
