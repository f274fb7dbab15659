using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Notify.Admin.Security;

namespace Notify.Admin.Sources;

/// <summary>A payload that was taken, until it is put down.</summary>
/// <param name="Body">The beginning of it.</param>
internal sealed record TakenPayload(DateTimeOffset At, string? ContentType, IReadOnlyDictionary<string, string> Headers, byte[] Body,
    bool IsCut, int Accepted, int Duplicates, int Unmapped, IReadOnlyList<MappingProblem> Problems)
{
    private const int MostBytes = 64 * 1024;
    private const int MostHeaders = 40;

    private static readonly string[] SecretWords = ["auth", "cookie", "token", "secret", "key", "sign", "password", "forwarded", "jwt"];

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TakenPayload Of(HttpRequest request, ReadOnlySpan<byte> body, DateTimeOffset at, int accepted, int duplicates,
        int unmapped,
        IReadOnlyList<MappingProblem> problems) => new(
            at,
            ForeignText.Line(request.ContentType, 256),
            HeadersOf(request),
            body[..Math.Min(body.Length, MostBytes)].ToArray(), body.Length > MostBytes, accepted, duplicates, unmapped, problems);

    /// <summary>The headers that are kept: not those that are named like a secret.</summary>
    public static IReadOnlyDictionary<string, string> HeadersOf(HttpRequest request) =>
        request.Headers.Where(header => !Array.Exists(SecretWords, word => header.Key.Contains(word, StringComparison.OrdinalIgnoreCase)))
            .Take(MostHeaders).ToDictionary(header => header.Key, header => ForeignText.Line(header.Value.ToString(), 300));

    public KeptPayload ToKept(int source) => new()
    {
        SourceId = source,
        ReceivedAt = At,
        ContentType = ContentType,
        Headers = Redactor.Redact(JsonSerializer.Serialize(Headers, Json)),
        Body = Redactor.Redact(ForeignText.Storable(Encoding.UTF8.GetString(Body))),
        IsCut = IsCut,
        Accepted = Accepted,
        Duplicates = Duplicates,
        Unmapped = Unmapped,
        Problems = Problems.Count == 0 ? null : StoredReasons.Write(Problems),
    };
}
