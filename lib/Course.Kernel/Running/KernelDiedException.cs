namespace Course.Kernel.Running;

/// <summary>The process of a notebook ended while a cell ran in it: how, and what it last said.</summary>
public sealed class KernelDiedException(string message) : CourseException(message);
