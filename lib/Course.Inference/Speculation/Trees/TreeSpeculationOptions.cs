namespace Course.Inference.Speculation.Trees;

/// <summary>How to speculate with several candidates at a place.</summary>
public sealed record TreeSpeculationOptions
{
    /// <summary>The tree of every round, less what limits leave no room for. Without nodes it is cached decoding.</summary>
    public TreeShape Shape { get; init; } = TreeShape.Of(4, 2, 1);

    /// <summary>Returns itself if every value is in its range; otherwise says which is not.</summary>
    /// <param name="contextLength">The target's: all nodes and the token before them are verified in one call.</param>
    /// <exception cref="CourseException"/>
    public TreeSpeculationOptions Validated(int contextLength) => Shape.Count < contextLength
        ? this
        : throw new CourseException(
            $"{nameof(Shape)} has {Shape.Count} nodes, and the target's context is {contextLength} tokens, in which verification needs room for all of them and one more. Take a smaller tree.");
}
