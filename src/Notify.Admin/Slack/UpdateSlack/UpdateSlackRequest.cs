namespace Notify.Admin.Slack;

/// <summary>A well-formed body of <c>POST /api/UpdateSlack</c>. Null means that an optional field was omitted.</summary>
internal sealed record UpdateSlackRequest
{
    public required string ApiKey { get; init; }

    public required string ChannelId { get; init; }

    public required string SlackToken { get; init; }

    public SlackAvgThreat? SlackAvgThreat { get; init; }

    public bool? SlackNotify { get; init; }

    public bool? SlackStartFromSchedule { get; init; }

    public bool? SlackStartFromQueue { get; init; }

    public bool? SlackCompleteAborted { get; init; }

    public bool? SlackDelete { get; init; }

    public bool? SlackStop { get; init; }

    public bool? SlackAborted { get; init; }

    public bool? SlackPause { get; init; }

    public bool? SlackUnpause { get; init; }

    /// <summary>Printing it shows neither of its two secrets.</summary>
    public override string ToString() => $"UpdateSlack {ChannelId}";
}

/// <summary>What reading a body gave: a request, or the first thing that is wrong with it.</summary>
internal sealed record UpdateSlackReading(UpdateSlackRequest? Request, UpdateSlackAnswer? Error);
