namespace Course.Inference.Decoding;

/// <summary>What the loop asks of a plan before it computes anything: a plan may be anybody's code.</summary>
internal static class PlanGuard
{
    /// <exception cref="CourseException">A share is more than the sequence has, or nobody gets a token.</exception>
    public static void Require(ReadOnlySpan<SequenceState> states, ReadOnlySpan<StepShare> shares)
    {
        var fed = 0L;
        for (var i = 0; i < states.Length; i++)
        {
            var (state, share) = (states[i], shares[i]);
            if (share.Tokens < 0 || share.Tokens > state.Unseen || share.Draft < 0 || share.Draft > (share.Tokens == state.Unseen ? state.Draft : 0))
                throw new CourseException(
                    $"The plan gives sequence {i} {share.Tokens} tokens and a draft of {share.Draft}; it has {state.Unseen} tokens that were not fed, and once all " +
                    $"of them are, room for a draft of {state.Draft}.");
            fed += share.Tokens;
        }
        if (fed == 0)
            throw new CourseException($"The plan gives none of the {states.Length} sequences a token, so the step has nothing to compute. Give one of them at least one.");
    }
}
