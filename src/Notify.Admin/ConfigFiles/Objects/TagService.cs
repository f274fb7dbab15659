using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Notify.Admin.Api;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.DingTalk;
using Notify.Admin.Security;
using Notify.Admin.Slack;

namespace Notify.Admin.ConfigFiles;

/// <summary>The tags of channels one by one, for the API: a tag is there as long as a channel has it. A change gives and takes it by the
/// channels' own services, in one transaction.</summary>
internal sealed class TagService(
    IDeliveryDesk desk, SlackIntegrationService slack, DingTalkChatbotService dingTalk, ChangeFeed feed)
{
    private const string NameKey = "name";
    private const string ChannelsKey = "channels";

    private static readonly string[] Areas = [ChangeAreas.Channels];

    /// <summary>All of them, in order.</summary>
    public async Task<IReadOnlyList<StoredObject>> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        var (channels, names) = await ReadAsync(actor, cancellationToken);
        return [.. ChannelTags.Ordered(channels.SelectMany(channel => channel.Tags)).Select(tag => Of(tag, channels, names)!)];
    }

    /// <summary>Null where no channel has it.</summary>
    public async Task<StoredObject?> FindAsync(string tag, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        var (channels, names) = await ReadAsync(actor, cancellationToken);
        return Of(tag, channels, names);
    }

    public async Task<ObjectOutcome> CreateAsync(JsonObject body, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);
        var (channels, names) = await ReadAsync(actor, cancellationToken);
        var place = new ConfigPlace("", names, []);
        var tag = body[NameKey] is { } given ? ChannelTags.Clean(place.At(NameKey).Text(ConfigJson.From(given))) : null;
        if (tag is null)
        {
            place.At(NameKey).Add(0, $"must be 1 to {ChannelTags.MostLength} letters, digits and - _ : . in one word");
        }
        else if (Of(tag, channels, names) is not null)
        {
            place.At(NameKey).Add(0, "is taken");
        }

        var wanted = ReadChannels(body, place);
        return place.Problems.Count > 0 ? ObjectOutcome.Invalid(place.Problems)
            : await SetAsync(tag!, wanted, channels, place, actor, cancellationToken);
    }

    /// <param name="patch">A merge patch (RFC 7396); the channels of it are all that have the tag from then on.</param>
    /// <param name="state">That the caller has read, or <see cref="EntityTag.Any"/>.</param>
    public async Task<ObjectOutcome> ChangeAsync(
        string tag, JsonObject patch, string state, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);
        var (channels, names) = await ReadAsync(actor, cancellationToken);
        if (Of(tag, channels, names) is not { } standing)
        {
            return ObjectOutcome.Gone;
        }

        if (state != EntityTag.Any && state != standing.Tag)
        {
            return ObjectOutcome.Outdated;
        }

        var place = new ConfigPlace("", names, []);
        if (patch.TryGetPropertyValue(NameKey, out var name) && !JsonNode.DeepEquals(name, standing.Json[NameKey]))
        {
            // Maintenance is planned for it by name.
            place.At(NameKey).Add(0, "cannot be changed");
        }

        var wanted = patch.ContainsKey(ChannelsKey) ? ReadChannels(patch, place) : Having(tag, channels);
        return place.Problems.Count > 0 ? ObjectOutcome.Invalid(place.Problems)
            : await SetAsync(tag, wanted, channels, place, actor, cancellationToken);
    }

    /// <summary>Takes it from every channel.</summary>
    /// <inheritdoc cref="ChangeAsync"/>
    public async Task<ObjectOutcome> DeleteAsync(string tag, string state, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);
        var (channels, names) = await ReadAsync(actor, cancellationToken);
        if (Of(tag, channels, names) is not { } standing)
        {
            return ObjectOutcome.Gone;
        }

        return state != EntityTag.Any && state != standing.Tag ? ObjectOutcome.Outdated
            : await SetAsync(tag, [], channels, new ConfigPlace("", names, []), actor, cancellationToken);
    }

    private async Task<ObjectOutcome> SetAsync(string tag, IReadOnlyCollection<ChannelKey> wanted, IReadOnlyList<ChannelName> channels,
        ConfigPlace place, Actor actor, CancellationToken cancellationToken)
    {
        await feed.ChangeTogetherAsync(Areas, async () =>
        {
            foreach (var channel in channels.Where(channel => channel.Tags.Contains(tag) != wanted.Contains(channel.Key)))
            {
                var change = new TagChange(tag, wanted.Contains(channel.Key));
                var outcome = channel.Key.Kind switch
                {
                    ChannelKind.Slack => await slack.TagAsync(channel.Key.Id, change, actor, cancellationToken),
                    ChannelKind.DingTalk => await dingTalk.TagAsync(channel.Key.Id, change, actor, cancellationToken),
                };
                if (ReasonOf(outcome) is { } reason)
                {
                    place.At(ChannelsKey).Add(0, $"has {place.Names.NameOf(channel.Key)}, {reason}");
                    return false;
                }
            }

            return true;
        }, cancellationToken);
        if (place.Problems.Count > 0)
        {
            return ObjectOutcome.Invalid(place.Problems);
        }

        return await FindAsync(tag, actor, cancellationToken) is { } stored ? ObjectOutcome.Done(stored) : ObjectOutcome.Deleted;
    }

    private async Task<(IReadOnlyList<ChannelName> Channels, ConfigNames Names)> ReadAsync(
        Actor actor, CancellationToken cancellationToken)
    {
        var channels = await desk.ListChannelsAsync(actor, cancellationToken);
        var names = new ConfigNames();
        foreach (var channel in channels)
        {
            names.Add(channel.Key.Kind, channel.Key.Id, channel.Name);
        }

        return (channels, names);
    }

    private static List<ChannelKey> ReadChannels(JsonObject body, ConfigPlace place)
    {
        foreach (var (key, _) in body.Where(pair => pair.Key is not (NameKey or ChannelsKey)))
        {
            place.At(ForeignText.Line(key, 60)).Add(0, "is not known here");
        }

        var at = place.At(ChannelsKey);
        List<ChannelKey> found = [];
        foreach (var (index, text) in (body[ChannelsKey] is { } given ? at.Texts(ConfigJson.From(given)) ?? [] : []).Index())
        {
            if (place.Names.Find(text, out var problem) is { } key)
            {
                found.Add(key);
            }
            else
            {
                at.At(index).Refuse(0, problem!.Value);
            }
        }

        if (found.Count == 0 && place.Problems.Count == 0)
        {
            at.Add(0, "must name a channel at least: a tag is there as long as one has it");
        }

        return found;
    }

    private static IReadOnlyList<ChannelKey> Having(string tag, IEnumerable<ChannelName> channels) =>
        [.. channels.Where(channel => channel.Tags.Contains(tag)).Select(channel => channel.Key)];

    private static StoredObject? Of(string tag, IEnumerable<ChannelName> channels, ConfigNames names)
    {
        var having = Having(tag, channels);
        if (having.Count == 0)
        {
            return null;
        }

        var shown = having.Select(names.NameOf).Order(StringComparer.Ordinal).Select(name => (JsonNode)JsonValue.Create(name));
        var json = new JsonObject { [NameKey] = tag, [ChannelsKey] = new JsonArray([.. shown]) };
        var state = SHA256.HashData(Encoding.UTF8.GetBytes($"{tag} {string.Join(' ', having.Select(key => $"{key.Kind}{key.Id}"))}"));
        return new StoredObject(0, Convert.ToHexStringLower(state.AsSpan(0, 8)), json);
    }

    private static string? ReasonOf(TagOutcome outcome) => outcome switch
    {
        TagOutcome.TooMany => $"which has {ChannelTags.Most} tags already",
        TagOutcome.Refused => "which cannot be saved as it is: its form says why",
        TagOutcome.Gone => "which has been deleted meanwhile",
        _ => null,
    };
}
