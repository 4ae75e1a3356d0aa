namespace Course.Charts;

/// <summary>How an axis is divided: equal steps add, or equal steps multiply.</summary>
public enum Scale
{
    Linear,
    Logarithmic,
}
