namespace Course.Charts;

/// <summary>The scale of an axis: equal distances are equal differences (linear) or equal ratios (logarithmic).</summary>
public enum Scale
{
    Linear,
    Logarithmic,
}
