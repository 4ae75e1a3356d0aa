namespace Course.TakeHome.Contracts;

/// <summary>A test of a speculative decoder. It throws where the decoder is wrong; <see cref="Demand"/> is one way to.</summary>
/// <param name="Name">Condition and expectation.</param>
/// <param name="Run">Holds a decoder to it.</param>
public sealed record DecoderTest(string Name, Action<ISpeculativeDecoder> Run);

/// <summary>Exercise "tests": a suite that objects to every wrong decoder and to no right one, however it works inside.</summary>
public interface IDecoderTests
{
    IReadOnlyList<DecoderTest> Tests { get; }
}
