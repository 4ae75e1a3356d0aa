namespace Course.Charts;

/// <summary>The style of a line.</summary>
public enum Stroke
{
    None,
    Solid,
    Dash,
    Dot,
    LongDash,
    DashDot,
}
