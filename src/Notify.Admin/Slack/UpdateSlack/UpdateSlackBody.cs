using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Notify.Admin.Slack;

/// <summary>The body of <c>UpdateSlack</c> for the API description; <see cref="UpdateSlackReader"/> reads it, and says what is wrong with
/// it in the vendor's order.</summary>
public sealed record UpdateSlackBody(
    [property: Required, Description("An API key with the scope full, of an Admin.")] string ApiKey,
    [property: Required, MaxLength(SlackChannelId.MaxLength),
    Description("Slack's id of the channel, such as C0123456789. It names the integration.")] string ChannelId,
    [property: Required, MaxLength(Slack.SlackToken.MaxLength), Description("The Slack token to post with.")] string SlackToken,
    [property: AllowedValues("Informative", "Low", "Medium", "High"),
    Description("Finished scans are told from this average severity upwards.")] string? SlackAvgThreat = null,
    [property: Description("Every event, whatever the other switches and the threshold say.")] bool? SlackNotify = null,
    [property: Description("A scan started by schedule.")] bool? SlackStartFromSchedule = null,
    [property: Description("A scan started from the queue.")] bool? SlackStartFromQueue = null,
    [property: Description("A scan finished: completed or aborted.")] bool? SlackCompleteAborted = null,
    [property: Description("A scan was deleted.")] bool? SlackDelete = null,
    [property: Description("A person stopped a scan.")] bool? SlackStop = null,
    [property: Description("The system aborted a scan.")] bool? SlackAborted = null,
    [property: Description("A scan was paused.")] bool? SlackPause = null,
    [property: Description("A paused scan was resumed.")] bool? SlackUnpause = null,
    [property: JsonPropertyName("on_high"),
    Description("With on_medium, on_low and on_informative, in place of slackAvgThreat: from the least severe that is on upwards.")]
    bool? OnHigh = null,
    [property: JsonPropertyName("on_medium")] bool? OnMedium = null,
    [property: JsonPropertyName("on_low")] bool? OnLow = null,
    [property: JsonPropertyName("on_informative")] bool? OnInformative = null);
