namespace Course.Charts;

/// <summary>How a line is drawn.</summary>
public enum Stroke
{
    None,
    Solid,
    Dash,
    Dot,
    LongDash,
    DashDot,
}
