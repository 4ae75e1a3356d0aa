namespace Course.Charts;

/// <summary>What marks a point.</summary>
public enum Symbol
{
    None,
    Circle,
    Square,
    Diamond,
    Triangle,
}
