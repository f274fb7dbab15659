using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Notify.Sandbox;

/// <summary>What is sent back, decided before anything is written, so that a fault can still spoil it.</summary>
internal sealed record Answer
{
    /// <summary>Readable in a terminal: Chinese text and apostrophes are left as they are.</summary>
    public static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public int Status { get; init; } = StatusCodes.Status200OK;
    public string ContentType { get; init; } = "application/json; charset=utf-8";
    public byte[] Body { get; init; } = [];

    /// <summary><c>ok</c> or the vendor's error code: for the call log only.</summary>
    public required string Code { get; init; }

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public static Answer Json(JsonObject body, string code) =>
        new() { Code = code, Body = JsonSerializer.SerializeToUtf8Bytes(body, Readable) };

    public Answer With(string header, string value) => this with { Headers = new Dictionary<string, string>(Headers) { [header] = value } };

    public void WriteHead(HttpResponse response)
    {
        response.StatusCode = Status;
        response.ContentType = ContentType;
        response.ContentLength = Body.Length;
        foreach (var (name, value) in Headers)
        {
            response.Headers[name] = value;
        }
    }
}
