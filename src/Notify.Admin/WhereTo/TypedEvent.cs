using System.Text;
using System.Text.Json;
using Notify.Admin.Api;
using Notify.Admin.Events;

namespace Notify.Admin.WhereTo;

/// <summary>What is wrong with a typed event.</summary>
/// <param name="Field">As <c>/api/events</c> names it: <c>data.avgThreat</c>.</param>
/// <param name="Reason">In English, as <c>/api/events</c> says it.</param>
/// <param name="Line">From 1; null for what is not there.</param>
public sealed record TypedProblem(string Field, string Reason, int? Line);

/// <summary>Reads one event as <c>/api/events</c> would take it.</summary>
internal static class TypedEvent
{
    private const string Json = "application/json";

    /// <returns>The event, or null and everything that is wrong with it.</returns>
    public static (ParsedEvent? Event, IReadOnlyList<TypedProblem> Problems) Read(string typed)
    {
        var body = Encoding.UTF8.GetBytes(typed);
        var reading = CloudEventReader.Read(Json, new HeaderDictionary(), body);
        return reading switch
        {
            { Events: [var one] } => (one, []),
            { Events: { Count: > 1 } several } => (null, [new TypedProblem("body", $"holds {several.Count} events: ask about one", 1)]),
            { Problems: { Count: > 0 } problems } => (null, [.. problems.Select(problem => Placed(problem, body))]),
            _ => (null, [new TypedProblem("body", reading.Detail ?? "holds no event", null)]),
        };
    }

    private static TypedProblem Placed(FieldProblem problem, byte[] body) =>
        new(problem.Field, problem.Reason, LineOf(body, problem.Field));

    // Where the member stands; where the JSON breaks, for what cannot be read at all.
    private static int? LineOf(ReadOnlySpan<byte> json, string field)
    {
        var path = field.Split('.');
        var found = 0;
        int? depth = null;
        var reader = new Utf8JsonReader(json);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.StartObject)
                {
                    depth ??= reader.CurrentDepth;
                }
                else if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == depth + 1 + found
                    && reader.ValueTextEquals(path[found]) && ++found == path.Length)
                {
                    return 1 + json[..(int)reader.TokenStartIndex].Count((byte)'\n');
                }
                else if (reader.TokenType == JsonTokenType.EndObject && found > 0 && reader.CurrentDepth == depth + found)
                {
                    return null;
                }
            }
        }
        catch (JsonException e)
        {
            return (int?)(e.LineNumber + 1);
        }

        return null;
    }
}
