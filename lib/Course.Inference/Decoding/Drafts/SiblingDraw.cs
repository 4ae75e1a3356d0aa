namespace Course.Inference.Decoding.Drafts;

/// <summary>
/// How the candidates that may follow one node came about, and so what each one's distribution was when its elder siblings were known.
/// </summary>
public enum SiblingDraw
{
    /// <summary>
    /// Each is drawn from what its elder siblings leave of q: q without them, normalised (Jeon et al. 2024; Yang et al. 2024). No two are
    /// alike.
    /// </summary>
    WithoutReplacement,

    /// <summary>
    /// Each is drawn from q, independently (SpecInfer, Miao et al. 2023). One that comes twice is verified twice, for nothing.
    /// </summary>
    Independent,

    /// <summary>
    /// Nothing is drawn: each candidate has all of its probability on itself, as where prompt lookup finds it, or where the most probable
    /// ones are taken.
    /// </summary>
    Chosen,
}
