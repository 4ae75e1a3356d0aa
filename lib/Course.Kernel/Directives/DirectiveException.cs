namespace Course.Kernel.Directives;

/// <summary>A directive that cannot be honoured.</summary>
internal sealed class DirectiveException : CourseException
{
    public DirectiveException(string message)
        : base(message)
    {
    }

    public DirectiveException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
