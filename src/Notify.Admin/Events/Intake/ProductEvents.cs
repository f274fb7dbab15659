using System.Globalization;
using System.Text.Json.Nodes;
using Notify.Admin.Channels;

namespace Notify.Admin.Events;

/// <inheritdoc cref="IProductEvents"/>
internal sealed class ProductEvents(EventIntake intake, TimeProvider time) : IProductEvents
{
    public async Task<bool> RaiseAsync(ProductEvent raised)
    {
        if (!raised.Type.StartsWith(ProductEvent.TypePrefix, StringComparison.Ordinal))
        {
            throw new ArgumentException($"'{raised.Type}' does not begin with '{ProductEvent.TypePrefix}'.", nameof(raised));
        }

        return !(await intake.AcceptAsync([ToEvent(raised, time.GetUtcNow())])).IsBusy;
    }

    private static ParsedEvent ToEvent(ProductEvent raised, DateTimeOffset now)
    {
        var data = raised.Data.DeepClone().AsObject();
        data["title"] = raised.English.Title;
        data["message"] = raised.English.Text;
        data["severity"] = raised.Severity.ToString().ToLowerInvariant();
        if (raised.Problem is { } problem)
        {
            data["problem"] = problem;
        }

        if (raised.State != EventState.None)
        {
            data["state"] = raised.State.ToString().ToLowerInvariant();
        }

        data["zh"] = new JsonObject { ["title"] = raised.Chinese.Title, ["message"] = raised.Chinese.Text };
        var json = new JsonObject
        {
            ["specversion"] = "1.0",
            ["id"] = raised.Id,
            ["source"] = ProductEvent.Source,
            ["type"] = raised.Type,
            ["time"] = now.ToString("O", CultureInfo.InvariantCulture),
            ["datacontenttype"] = "application/json",
            ["data"] = data,
        }.ToJsonString();
        return new ParsedEvent(raised.Id, ProductEvent.Source, raised.Type, now, new EventFields
        {
            Title = raised.English.Title,
            Description = raised.English.Text,
            Severity = raised.Severity.ToString(),
            Chinese = raised.Chinese,
            Problem = raised.Problem,
            State = raised.State,
        }, json)
        {
            AlsoTo = raised.AlsoTo,
        };
    }
}
