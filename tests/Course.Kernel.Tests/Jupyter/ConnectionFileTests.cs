using Course.Kernel.Jupyter;

namespace Course.Kernel.Tests.Jupyter;

public sealed class ConnectionFileTests : IDisposable
{
    private readonly string path = Path.GetTempFileName();

    [Fact]
    public void Jupyters_file_is_read()
    {
        File.WriteAllText(path, """
            {"shell_port": 1, "iopub_port": 2, "stdin_port": 3, "control_port": 4, "hb_port": 5, "ip": "127.0.0.1",
             "key": "k", "transport": "tcp", "signature_scheme": "hmac-sha256", "kernel_name": ".net-csharp"}
            """);
        var file = ConnectionFile.Read(path);
        Assert.Equal((1, 2, 3, 4, 5, "k"), (file.Shell, file.IoPub, file.Stdin, file.Control, file.Heartbeat, file.Key));
        Assert.Equal("tcp://127.0.0.1:1", file.Address(file.Shell));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"shell_port\": \"x\"}")]
    [InlineData(
        "{\"shell_port\": 1, \"iopub_port\": 2, \"stdin_port\": 3, \"control_port\": 4, \"hb_port\": 5, \"ip\": \"x\", " +
        "\"key\": \"k\", \"transport\": \"ipc\"}")]
    [InlineData(
        "{\"shell_port\": 1, \"iopub_port\": 2, \"stdin_port\": 3, \"control_port\": 4, \"hb_port\": 5, \"ip\": \"x\", \"key\": \"k\", " +
        "\"signature_scheme\": \"hmac-md5\"}")]
    public void Invalid_files_give_one_clear_error_that_names_the_file(string text)
    {
        File.WriteAllText(path, text);
        Assert.Contains(path, Assert.Throws<CourseException>(() => ConnectionFile.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named() =>
        Assert.Contains(
            "/no/such", Assert.Throws<CourseException>(() => ConnectionFile.Read("/no/such/file.json")).Message, StringComparison.Ordinal);

    public void Dispose() => File.Delete(path);
}
