namespace Course.Kernel.Directives;

/// <summary>A directive cannot be executed.</summary>
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
