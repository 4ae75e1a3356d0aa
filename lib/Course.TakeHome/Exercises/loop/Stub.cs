using System;
using System.Collections.Generic;
using System.Linq;
using Course.Core;
using Course.TakeHome.Contracts;

public sealed class SpeculativeDecoder : ISpeculativeDecoder
{
    public IReadOnlyList<int> Decode(
        ILanguageModel target, ILanguageModel draft, IReadOnlyList<int> prompt, DecodingRequest request, IRandomness randomness) =>
        throw new NotImplementedException("Exercise loop: speculative decoding from prompt to last token.");
}
