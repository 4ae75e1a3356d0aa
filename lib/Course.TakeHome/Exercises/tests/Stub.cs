using System;
using System.Collections.Generic;
using System.Linq;
using Course.Core;
using Course.TakeHome.Contracts;

public sealed class DecoderTests : IDecoderTests
{
    public IReadOnlyList<DecoderTest> Tests =>
        throw new NotImplementedException("Exercise tests: a suite that fails wrong decoders and passes correct ones.");
}
