using System.Text.Encodings.Web;
using System.Text.Json;
using Notify.Admin.Security;

namespace Notify.Admin.Sources;

/// <summary>Reasons as the store keeps them, as JSON, until somebody reads them.</summary>
internal static class StoredReasons
{
    /// <summary>So many of a payload's problems are kept.</summary>
    public const int Most = 20;

    private const int LongestArgument = 300;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write(Reason reason) => JsonSerializer.Serialize(Cut(reason), Json);

    public static string Write(IReadOnlyList<MappingProblem> problems) => JsonSerializer.Serialize(
        problems.Take(Most).Select(problem => problem with { Reason = Cut(problem.Reason) }), Json);

    /// <returns>Null where there is none.</returns>
    public static Reason? Read(string? stored) => Read<Reason>(stored);

    public static IReadOnlyList<MappingProblem> ReadProblems(string? stored) => Read<IReadOnlyList<MappingProblem>>(stored) ?? [];

    private static T? Read<T>(string? stored)
        where T : class =>
        stored is null ? null : JsonSerializer.Deserialize<T>(stored, Json);

    private static Reason Cut(Reason reason) => reason with
    {
        Arguments = [.. reason.Arguments.Take(3).Select(argument => Redactor.Redact(ForeignText.Line(argument, LongestArgument)))],
        Place = Redactor.Redact(ForeignText.Line(reason.Place, LongestArgument)),
    };
}
