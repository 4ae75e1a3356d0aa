using System;
using System.Collections.Generic;
using System.Linq;
using Course.Core;
using Course.TakeHome.Contracts;

public sealed class RejectionSampling : IRejectionSampling
{
    private const double Temperature = {{temperature}};
    private const double Parameter = {{parameter}};   // of {{truncation}}: {{rule}}

    public double[] Distribution(IReadOnlyList<float> logits) =>
        throw new NotImplementedException("Exercise rejection: the distribution to sample from.");

    public Settled Settle(IReadOnlyList<double> target, IReadOnlyList<double> draft, int guess, IRandomness randomness) =>
        throw new NotImplementedException("Exercise rejection: accept the draft token or replace it.");
}
