namespace Course.Inference.Tests;

public class AllocationsTests
{
    private static object? kept;

    [Fact]
    public void One_small_object_a_call_is_found() =>
        Assert.ThrowsAny<Exception>(() => Allocations.RequireNone(1000, _ => Volatile.Write(ref kept, new object())));

    [Fact]
    public void A_table_that_grows_once_is_not() =>
        Allocations.RequireNone(1000, i => Volatile.Write(ref kept, i == 500 && kept is not byte[]? new byte[280] : kept));
}
