using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Localization;
using Notify.Admin.ChannelPages;
using Notify.Admin.Deliveries;
using Notify.Admin.LiveForms;
using Notify.Admin.Security;

namespace Notify.Admin.ConfigFiles;

/// <summary>Planned maintenance. A window is known by its tag and its beginning: with another beginning it is another one. One that is over
/// may stay in a file, and does nothing.</summary>
internal sealed class MaintenanceKind(
    MaintenanceStore store, MaintenanceService service, TimeProvider time, IStringLocalizer<MaintenanceText> words,
    IStringLocalizer<ChannelPagesText> channelWords)
    : ObjectKind<MaintenanceWindow, MaintenanceKind.Model>
{
    private static readonly string[] Forms =
        ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    public override string Section => "maintenance";

    protected override IReadOnlyList<ConfigField<Model>> Fields { get; } =
    [
        new("tag", nameof(MaintenanceRequest.Tag), ConfigFields.Type("string"), (one, other) => one.Tag != other.Tag,
            (model, _) => ConfigScalar.Of(model.Tag), (model, node, place) => model.Tag = place.Text(node)?.Trim() ?? "")
        {
            IsRequired = true,
        },
        Moment("from", nameof(MaintenanceRequest.From), model => model.From, (model, moment) => model.From = moment),
        Moment("until", nameof(MaintenanceRequest.Until), model => model.Until, (model, moment) => model.Until = moment),
        new("reason", nameof(MaintenanceRequest.Reason), ConfigFields.Type("string"), (one, other) => one.Reason != other.Reason,
            (model, _) => ConfigScalar.Of(model.Reason), (model, node, place) => model.Reason = place.Text(node)?.Trim() ?? "")
        {
            IsRequired = true,
        },
        new("weeklyIn", nameof(MaintenanceRequest.WeeklyIn), ConfigFields.Type("string"), (one, other) => one.WeeklyIn != other.WeeklyIn,
            (model, _) => ConfigScalar.Of(model.WeeklyIn), (model, node, place) => model.WeeklyIn = place.Text(node) ?? ""),
        new("meanwhile", nameof(MaintenanceRequest.Outcome), ConfigFields.OneOf(Enum.GetNames<PauseOutcome>()),
            (one, other) => one.Outcome != other.Outcome, (model, _) => ConfigScalar.Of(model.Outcome.ToString()),
            (model, node, place) => model.Outcome = (PauseOutcome?)place.Choice(node, typeof(PauseOutcome)) ?? default),
        new("letCriticalThrough", nameof(MaintenanceRequest.LetCriticalThrough), ConfigFields.Type("boolean"),
            (one, other) => one.LetCriticalThrough != other.LetCriticalThrough,
            (model, _) => ConfigScalar.Of(model.LetCriticalThrough),
            (model, node, place) => model.LetCriticalThrough = place.Flag(node) ?? false),
    ];

    protected override async Task<IReadOnlyList<MaintenanceWindow>> ListAsync(Actor actor, CancellationToken cancellationToken) =>
        await store.ListAsync(time.GetUtcNow(), cancellationToken);

    protected override string NameOf(MaintenanceWindow stored) => NameOf(stored.Tag, stored.StartsAt);

    protected override string? NameIn(ConfigMap map, ConfigPlace place) =>
        Require(map, "tag", place) is { } tag && place.At("tag").Text(tag)?.Trim() is { } name
            && Require(map, "from", place) is { } from && Read(from, place.At("from")) is { } moment ? NameOf(name, moment) : null;

    protected override string NameKey => "tag";

    protected override int IdOf(MaintenanceWindow stored) => stored.Id;

    protected override string MarkOf(MaintenanceWindow stored)
    {
        var model = ModelOf(stored);
        return $"maintenance {stored.Id} {NameOf(stored)} {Write(stored.EndsAt)} {model.WeeklyIn} {model.Outcome} "
            + $"{model.LetCriticalThrough} {model.Reason}";
    }

    protected override Model NewModel() => new();

    protected override Model ModelOf(MaintenanceWindow stored) => new()
    {
        Tag = stored.Tag, From = stored.StartsAt, Until = stored.EndsAt, Reason = stored.Reason, WeeklyIn = stored.WeeklyIn,
        Outcome = stored.Outcome, LetCriticalThrough = stored.LetCriticalThrough,
    };

    protected override bool IsDone(Model model) => model.WeeklyIn.Length == 0 && model.Until <= time.GetUtcNow();

    protected override Task<IReadOnlyList<(string Name, string Reason)>> CheckAsync(
        MaintenanceWindow? stored, Model model, Actor actor, CancellationToken cancellationToken) =>
        Task.FromResult(Explain(RequestOf(model).Check(time.GetUtcNow())));

    protected override async Task<IReadOnlyList<(string Name, string Reason)>> SaveAsync(
        MaintenanceWindow? stored, Model model, ApplyTurn turn)
    {
        var saved = stored is null ? await service.AddAsync(RequestOf(model), turn.Actor, turn.Stop)
            : await service.ChangeAsync(stored.Id, RequestOf(model), turn.Actor, turn.Stop);
        return saved is { Id: null, Refusals.Count: 0 } ? [("", ConfigRules.MeanwhileChanged.Say())] : Explain(saved.Refusals);
    }

    protected override Task DeleteAsync(MaintenanceWindow stored, ApplyTurn turn) => service.EndAsync(stored.Id, turn.Actor, turn.Stop);

    private static MaintenanceRequest RequestOf(Model model) => new(
        model.Tag, model.From, model.Until, model.WeeklyIn, model.Reason, model.Outcome, model.LetCriticalThrough);

    private static string NameOf(string tag, DateTimeOffset from) => $"{tag} {Write(from)}";

    private static string Write(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    private static DateTimeOffset? Read(ConfigNode node, ConfigPlace place)
    {
        // Without an offset nobody could say which moment is meant.
        if (node is ConfigScalar { Text: { Length: > 10 } text }
            && DateTimeOffset.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)
            && text.AsSpan(10).IndexOfAny('Z', '+', '-') > 0)
        {
            return moment.ToUniversalTime();
        }

        place.Refuse(node.Line, ConfigRules.Moment);
        return null;
    }

    private static ConfigField<Model> Moment(
        string key, string name, Func<Model, DateTimeOffset?> get, Action<Model, DateTimeOffset?> set) =>
        new(key, name, new JsonObject { ["type"] = "string", ["format"] = "date-time" }, (one, other) => get(one) != get(other),
            (model, _) => get(model) is { } moment ? ConfigScalar.Of(Write(moment)) : null,
            (model, node, place) => set(model, Read(node, place)))
        {
            IsRequired = true,
        };

    private IReadOnlyList<(string Name, string Reason)> Explain(IEnumerable<FieldRefusal> refusals) =>
        [.. refusals.Select(refusal => (refusal.Field, (refusal.Field == nameof(MaintenanceRequest.Reason) ? channelWords
            : (IStringLocalizer)words)[refusal.TextKey, refusal.Argument ?? ""].Value))];

    /// <summary>What a file says of a window.</summary>
    internal sealed class Model
    {
        public string Tag { get; set; } = "";

        public DateTimeOffset? From { get; set; }

        public DateTimeOffset? Until { get; set; }

        public string Reason { get; set; } = "";

        public string WeeklyIn { get; set; } = "";

        public PauseOutcome Outcome { get; set; }

        public bool LetCriticalThrough { get; set; }
    }
}
