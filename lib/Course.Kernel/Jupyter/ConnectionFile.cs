using System.Text.Json;
using System.Text.Json.Serialization;

namespace Course.Kernel.Jupyter;

/// <summary>The addresses and the key of a kernel, as Jupyter writes them (jupyter-client, "Connection files").</summary>
public sealed record ConnectionFile
{
    private const string Scheme = "hmac-sha256";

    [JsonPropertyName("ip"), JsonRequired]
    public string Ip { get; init; } = "";

    [JsonPropertyName("transport")]
    public string Transport { get; init; } = "tcp";

    [JsonPropertyName("shell_port"), JsonRequired]
    public int Shell { get; init; }

    [JsonPropertyName("control_port"), JsonRequired]
    public int Control { get; init; }

    [JsonPropertyName("iopub_port"), JsonRequired]
    public int IoPub { get; init; }

    [JsonPropertyName("stdin_port"), JsonRequired]
    public int Stdin { get; init; }

    [JsonPropertyName("hb_port"), JsonRequired]
    public int Heartbeat { get; init; }

    /// <summary>The shared secret for signatures; empty means that messages are not signed.</summary>
    [JsonPropertyName("key"), JsonRequired]
    public string Key { get; init; } = "";

    [JsonPropertyName("signature_scheme")]
    public string SignatureScheme { get; init; } = Scheme;

    /// <summary>Reads a connection file.</summary>
    /// <exception cref="CourseException">The file is missing or invalid, or asks for a transport or a signature scheme that this kernel
    /// does not support.</exception>
    public static ConnectionFile Read(string path)
    {
        try
        {
            var file = JsonSerializer.Deserialize<ConnectionFile>(File.ReadAllBytes(path)) ?? throw new JsonException("It is empty.");
            if (file.Transport != "tcp")
                throw new CourseException($"{path}: expected transport 'tcp', found '{file.Transport}'. Configure Jupyter to use tcp.");
            if (file.Key.Length > 0 && file.SignatureScheme != Scheme)
                throw new CourseException(
                    $"{path}: expected signature scheme '{Scheme}', found '{file.SignatureScheme}'. Leave " +
                    "Session.signature_scheme at its default.");
            return file;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new CourseException(
                $"{path}: expected a Jupyter connection file. {e.Message} Jupyter writes it and passes " +
                "its path; start the kernel from there.", e);
        }
    }

    public string Address(int port) => $"{Transport}://{(Ip == "*" ? "0.0.0.0" : Ip)}:{port}";
}
