using Notify.Admin.Api;

namespace Notify.Admin.Events;

/// <summary>What came of reading a request: its events, or why it is refused and with which status.</summary>
internal sealed record EventReading(int Status, IReadOnlyList<ParsedEvent> Events, string? Detail, IReadOnlyList<FieldProblem> Problems)
{
    public static EventReading Valid(IReadOnlyList<ParsedEvent> events) => new(StatusCodes.Status202Accepted, events, null, []);

    public static EventReading Of((ParsedEvent? Event, IReadOnlyList<FieldProblem> Problems) one) =>
        one.Event is { } parsed ? Valid([parsed]) : Invalid([.. one.Problems]);

    public static EventReading Invalid(params IReadOnlyList<FieldProblem> problems) =>
        new(StatusCodes.Status400BadRequest, [], $"{problems[0].Field} {problems[0].Reason}. Nothing was accepted.", problems);

    public static EventReading TooLarge(string detail) => new(StatusCodes.Status413PayloadTooLarge, [], detail, []);

    public static EventReading UnsupportedMedia(string detail) => new(StatusCodes.Status415UnsupportedMediaType, [], detail, []);
}
