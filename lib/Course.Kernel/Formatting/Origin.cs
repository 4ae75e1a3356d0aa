namespace Course.Kernel.Formatting;

/// <summary>
/// Checks the namespace of a value's type by name. Referring to the types themselves would load their assemblies, and the first values of a
/// session would wait for assemblies that they do not need.
/// </summary>
internal static class Origin
{
    /// <summary>Whether the type, one of its base types or a generic argument is in that namespace.</summary>
    public static bool IsIn(object value, string space)
    {
        for (var type = value.GetType(); type is not null; type = type.BaseType)
            if (type.Namespace == space || Array.Exists(type.GenericTypeArguments, a => a.Namespace == space))
                return true;
        return false;
    }
}
