using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.DeliveryPolicies;
using Notify.Admin.LiveForms;
using Notify.Admin.LivePages;
using Notify.Admin.Rules;
using Notify.Admin.Shared;

namespace Notify.Admin.ChannelPages;

/// <summary>What is typed about a channel of any kind.</summary>
public interface IChannelModel<out TSelf> : IFormModel<TSelf>
{
    bool IsOn { get; }

    /// <summary>As JSON; not valid while somebody is typing.</summary>
    string OwnRules { get; set; }

    /// <summary>The ids of the rule sets that it uses, in order.</summary>
    IReadOnlyList<int> RuleSets { get; set; }

    /// <summary>What messages show, as it is stored; empty is the standard.</summary>
    string Layout { get; set; }

    /// <summary>Minutes between two messages as typed; 0 is no limit.</summary>
    string Interval { get; set; }

    DeliveryPolicy Delivery { get; set; }

    IReadOnlyList<string> Tags { get; set; }
}

/// <summary>The form of one channel: beside the fields its health, its test, and the policies that every kind has.</summary>
public abstract partial class ChannelForm<TStored, TModel> : LiveForm<TStored, TModel>
    where TStored : class, IStored<TModel>
    where TModel : class, IChannelModel<TModel>
{
    private DraftTest? _draftTest;
    private IReadOnlyList<ChannelName>? _names;

    [Inject]
    private IDeliveryDesk Desk { get; set; } = null!;

    [Inject]
    private SharedLooks Looks { get; set; } = null!;

    [Inject]
    private IRuleSets Sets { get; set; } = null!;

    [Inject]
    private IStringLocalizer<DeliveryPolicyText> P { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SharedText> S { get; set; } = null!;

    protected abstract ChannelKind Kind { get; }

    protected override string SubjectKind => AuditedChannel.KindOf(Kind);

    protected override IReadOnlyList<(string Area, Func<Task> Read)> Follows =>
        [(ChangeAreas.Channels, Id is null ? LoadRuleSetsAsync : RefreshAsync)];

    protected override (string Area, Func<Task<bool>> Read)? Watches =>
        Id is null ? null : (ChangeAreas.Deliveries, LookAgainAsync);

    protected internal override string ListAddress => ChannelLinks.ToList(Kind);

    /// <summary>The stored channel; null for a new one.</summary>
    protected ChannelKey? Own => Id is { } id ? new ChannelKey(Kind, id) : null;

    /// <summary>Those that there are to choose from.</summary>
    protected IReadOnlyList<SharedRules> RuleSets { get; private set; } = [];

    protected ChannelStanding Standing { get; private set; } = ChannelStanding.Nothing;

    /// <summary>Grows when what the test panel shows is no longer about what is saved: the panel's key.</summary>
    protected int TestRound { get; private set; }

    /// <summary>Saving switches off what still has deliveries to make.</summary>
    protected bool EndsDeliveries => Standing.Open > 0 && Edit is { Original.Values.IsOn: true, Model.IsOn: false };

    /// <summary>Takes a draft's test as that of the saved channel, if it is saved with just what was tested.</summary>
    protected abstract Task<bool> TakeTestAsync(int id, DraftTest test, CancellationToken cancellationToken);

    /// <summary>What the channel hears, in brief.</summary>
    protected abstract string SayHears(TModel values);

    /// <summary>Whether values hear an event by the vendor's dialect; own rules are asked apart.</summary>
    protected abstract Func<EventRecord, bool> HearsBy(TModel values);

    protected override string AddressOf(int id) => ChannelLinks.ToForm(new ChannelKey(Kind, id));

    protected override async Task LoadRestAsync()
    {
        await LoadRuleSetsAsync();
        if (!MayEdit && Edit.Model.Delivery.Fallback.IsOn)
        {
            _names = await Desk.ListChannelsAsync(Actor, Stop);
        }

        await LoadStandingAsync();
    }

    protected override async Task OnSavedAsync(TStored saved, bool wasTested)
    {
        var isTested = _draftTest is { } test && await TakeTestAsync(saved.Id, test, Stop);
        _draftTest = null;
        TestRound += wasTested || isTested ? 0 : 1;
        await LoadRestAsync();
    }

    protected override FormNotice SayAdded() => new(
        Tone.Success, Words["Notice.Added"],
        Words[Standing.Health?.LastTestAccepted == true ? "Notice.Added.Tested" : "Notice.Added.Text"]);

    protected override FormNotice SaySaved(TStored saved) =>
        base.SaySaved(saved) with { Text = SayHears(saved.Values) };

    protected override string Explain(FieldRefusal refusal) =>
        DeliveryPolicyField.IsOne(refusal.Field) ? P[refusal.TextKey, refusal.Argument ?? ""] : base.Explain(refusal);

    protected override string Say(string field, string? value, TModel of) =>
        field == nameof(IChannelModel<TModel>.OwnRules) ? SayOwnRules(value)
            : field == nameof(IChannelModel<TModel>.RuleSets) ? SayRuleSets(value)
            : field == nameof(IChannelModel<TModel>.Layout) ? LayoutSentence.Of(value, C)
            : DeliveryPolicyField.IsOne(field) ? PolicySentences.OfPart(of.Delivery, field, P, _names is null ? null : NameOf) ?? S["Off"]
            : base.Say(field, value, of);

    private static string SayOwnRules(string? json)
    {
        var language = Bilingual.LanguageOf(CultureInfo.CurrentUICulture);
        return OwnRuleJson.Read(json ?? OwnRuleJson.None).List is { Rules.IsEmpty: false } list
            ? string.Join(" · ", list.Rules.Select(rule => OwnRuleText.Sentence(rule, language))) : "–";
    }

    private string SayRuleSets(string? ids) => RuleSetIds.Read(ids ?? "") is { Count: > 0 } chosen
        ? string.Join(" · ", chosen.Select(id => RuleSets.FirstOrDefault(set => set.Id == id)?.Name ?? $"#{id}")) : "–";

    /// <summary>There are unsaved changes, and a tab is open that decides what is sent or when.</summary>
    protected bool Simulates => ChangeCount > 0 && Shows(ChannelTab.Rules, ChannelTab.Delivery);

    /// <summary>Tells one state of what is typed from another.</summary>
    protected string SimulatedState => string.Join('\n',
        [.. Table.Fields.Select(known => known.Read(Edit.Model)), .. Chosen(Edit.Model).Select(set => OwnRuleJson.Write(set.Rules))]);

    /// <summary>What is stored, if anything, and what is typed, to be compared over past events.</summary>
    protected SimulatedChange Simulate()
    {
        // What is compared must not change with what is typed meanwhile.
        return ChannelSimulation.Of(
            Own ?? new ChannelKey(Kind, 0), Edit.Original?.Values, Edit.Model.Copy(), HearsBy, RuleSets, RuleSets);
    }

    protected Task SetPolicyAsync(PolicyEdit edit)
    {
        Edit.Model.Delivery = edit.Policy;
        return OnChangedAsync(edit.Field);
    }

    protected Task SetOwnRulesAsync(string rules)
    {
        Edit.Model.OwnRules = rules;
        return OnChangedAsync(nameof(IChannelModel<TModel>.OwnRules));
    }

    protected Task SetRuleSetsAsync(IReadOnlyList<int> ids)
    {
        Edit.Model.RuleSets = ids;
        return OnChangedAsync(nameof(IChannelModel<TModel>.RuleSets));
    }

    protected Task SetLayoutAsync(string layout)
    {
        Edit.Model.Layout = layout;
        return OnChangedAsync(nameof(IChannelModel<TModel>.Layout));
    }

    protected Task SetIntervalAsync(string text)
    {
        Edit.Model.Interval = text;
        return OnChangedAsync(nameof(Edit.Model.Interval));
    }

    protected Task SetTagsAsync(IReadOnlyList<string> tags)
    {
        Edit.Model.Tags = tags;
        return OnChangedAsync(nameof(Edit.Model.Tags));
    }

    /// <summary>A draft was tested: the verdict counts for the channel that is saved with it.</summary>
    protected void KeepTest(DraftTest test) => _draftTest = test;

    protected Task<ChannelTry> TryAgainAsync() => Desk.TryAgainAsync(Own!.Value, Actor, Stop);

    private IEnumerable<SharedRules> Chosen(TModel values) => RuleSets.Where(set => values.RuleSets.Contains(set.Id));

    private async Task LoadRuleSetsAsync() => RuleSets = await Sets.ListAsync(Actor, Stop);

    private string? NameOf(ChannelKey channel) => _names?.FirstOrDefault(name => name.Key == channel)?.Name;

    private async Task LoadStandingAsync() =>
        Standing = Own is { } own ? await Desk.FindStandingAsync(own, Actor, Stop) : ChannelStanding.Nothing;

    // Says whether the form shows another one.
    private async Task<bool> LookAgainAsync()
    {
        var (own, before) = (Own!.Value, Shown(Standing));
        var standing = await Looks.JoinAsync((nameof(ChannelStanding), own, Actor.Role),
            () => Desk.FindStandingAsync(own, Actor, CancellationToken.None), Stop);
        // Another channel's form may be open by now.
        if (own != Own)
        {
            return false;
        }

        Standing = standing;
        return Shown(standing) != before;
    }

    // Of a channel that is well the form shows neither what waits nor when something arrived, which changes with each delivery.
    private ChannelStanding Shown(ChannelStanding standing) => standing with
    {
        Open = EndsDeliveries ? standing.Open : 0,
        Health = standing.Health is { Status: ChannelStatus.Ok } well
            ? well with { LastSuccessAt = null, NextTryAt = null, Waiting = 0, OldestWaitingSince = null } : standing.Health,
    };
}

/// <summary>Declares what the form of every kind of channel has.</summary>
internal static class ChannelFields
{
    public static FormTable<TStored, TModel> OwnRules<TStored, TModel>(this FormTable<TStored, TModel> table)
        where TStored : class, IStored<TModel>
        where TModel : class, IChannelModel<TModel> =>
        table.Field(new FormField<TModel>(
            nameof(IChannelModel<TModel>.OwnRules), "ownRules", model => model.OwnRules, (from, to) => to.OwnRules = from.OwnRules)
        {
            Write = (model, text) => model.OwnRules = text,
        });

    public static FormTable<TStored, TModel> RuleSets<TStored, TModel>(this FormTable<TStored, TModel> table)
        where TStored : class, IStored<TModel>
        where TModel : class, IChannelModel<TModel> =>
        table.Field(new FormField<TModel>(
            nameof(IChannelModel<TModel>.RuleSets), "ruleSets", model => RuleSetIds.Write(model.RuleSets),
            (from, to) => to.RuleSets = from.RuleSets)
        {
            Write = (model, text) => model.RuleSets = RuleSetIds.Read(text),
        });

    public static FormTable<TStored, TModel> Layout<TStored, TModel>(this FormTable<TStored, TModel> table, bool isTested = false)
        where TStored : class, IStored<TModel>
        where TModel : class, IChannelModel<TModel> =>
        table.Field(new FormField<TModel>(
            nameof(IChannelModel<TModel>.Layout), "messageLayout", model => model.Layout, (from, to) => to.Layout = from.Layout)
        {
            IsTested = isTested,
            Write = (model, text) => model.Layout = text,
        });

    public static FormTable<TStored, TModel> Interval<TStored, TModel>(this FormTable<TStored, TModel> table)
        where TStored : class, IStored<TModel>
        where TModel : class, IChannelModel<TModel> =>
        table.Field(new FormField<TModel>(
            nameof(IChannelModel<TModel>.Interval), "intervalTime",
            model => IntervalMinutes.Read(model.Interval)?.ToString(CultureInfo.InvariantCulture) ?? model.Interval,
            (from, to) => to.Interval = from.Interval)
        {
            Write = (model, text) => model.Interval = text,
        });

    public static FormTable<TStored, TModel> Tags<TStored, TModel>(this FormTable<TStored, TModel> table)
        where TStored : class, IStored<TModel>
        where TModel : class, IChannelModel<TModel> =>
        table.Field(new FormField<TModel>(
            nameof(IChannelModel<TModel>.Tags), "tags", model => string.Join(", ", model.Tags), (from, to) => to.Tags = from.Tags)
        {
            Write = (model, text) => model.Tags = ChannelTags.Read(text),
        });

    /// <summary>The parts of the policy; the trail has them in brief.</summary>
    public static FormTable<TStored, TModel> Policies<TStored, TModel>(this FormTable<TStored, TModel> table)
        where TStored : class, IStored<TModel>
        where TModel : class, IChannelModel<TModel>
    {
        foreach (var part in DeliveryPolicyField.All)
        {
            table.Field(new FormField<TModel>(
                part.Name, part.AuditName, model => part.Read(model.Delivery),
                (from, to) => to.Delivery = part.Take(from.Delivery, to.Delivery)));
        }

        return table;
    }
}
