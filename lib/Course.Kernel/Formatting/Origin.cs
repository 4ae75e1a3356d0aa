namespace Course.Kernel.Formatting;

/// <summary>
/// Where a value's type comes from, by the name of its namespace. Asking for the type itself loads its assembly, and a session's
/// first values would wait for tables, documents and expression trees that they have nothing to do with.
/// </summary>
internal static class Origin
{
    /// <summary>Whether the type, one that it derives from, or an item's type is of that namespace.</summary>
    public static bool IsIn(object value, string space)
    {
        for (var type = value.GetType(); type is not null; type = type.BaseType)
        {
            if (type.Namespace == space || Array.Exists(type.GenericTypeArguments, a => a.Namespace == space))
                return true;
        }
        return false;
    }
}
