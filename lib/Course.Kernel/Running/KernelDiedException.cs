namespace Course.Kernel.Running;

/// <summary>The process of a notebook ended while a cell ran in it. The message says how, and what it wrote last.</summary>
public sealed class KernelDiedException(string message) : CourseException(message);
