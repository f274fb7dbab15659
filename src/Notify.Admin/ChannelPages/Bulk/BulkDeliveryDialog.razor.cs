using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Channels;
using Notify.Admin.DeliveryPolicies;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.ChannelPages;

public sealed partial class BulkDeliveryDialog : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private DeliveryChange _change = new();
    private IReadOnlyDictionary<int, ChannelDelivery> _current = new Dictionary<int, ChannelDelivery>();
    private IReadOnlyList<ChannelName> _channels = [];
    private int _waiting;

    // The minutes as typed; null while the interval is left alone.
    private string? _interval;
    private bool _wasOpen;

    [Inject]
    private IDeliveryDesk Desk { get; set; } = null!;

    [Inject]
    private UserTimeZone TimeZone { get; set; } = null!;

    [Inject]
    private IStringLocalizer<ChannelPagesText> T { get; set; } = null!;

    [Inject]
    private IStringLocalizer<DeliveryPolicyText> D { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SharedText> S { get; set; } = null!;

    [Parameter, EditorRequired]
    public ChannelKind Kind { get; set; }

    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    [Parameter, EditorRequired]
    public IReadOnlyDictionary<int, ChannelName> Chosen { get; set; } = null!;

    [Parameter]
    public bool IsOpen { get; set; }

    [Parameter]
    public EventCallback<bool> IsOpenChanged { get; set; }

    /// <summary>Reads what channels have now; those that are gone are left out.</summary>
    [Parameter, EditorRequired]
    public Func<IReadOnlyCollection<int>, CancellationToken, Task<IReadOnlyDictionary<int, ChannelDelivery>>> Read { get; set; } = null!;

    [Parameter]
    public EventCallback<DeliveryChange> OnSet { get; set; }

    private string Title => Chosen.Count == 1
        ? T["Bulk.SetDelivery.TitleOne", Chosen.Values.Single().Name] : T["Bulk.SetDelivery.Title", Chosen.Count];

    private DeliveryChange Change => _change with { IntervalMinutes = _interval is null ? null : IntervalMinutes.Read(_interval) ?? -1 };

    private QuietHours Quiet => _change.QuietHours ?? new();

    private Deduplication Counted => _change.Deduplication ?? new();

    private Fallback Told => _change.Fallback ?? new();

    private IReadOnlyList<DeliveryOutcome> Outcomes =>
        [.. _current.Select(channel => Change.Apply(new ChannelKey(Kind, channel.Key), channel.Value).Outcome)];

    private bool CanSet => !Change.IsEmpty && !Change.Check(null).Any() && Outcomes.Contains(DeliveryOutcome.Done);

    private string PlanText
    {
        get
        {
            if (Change.IsEmpty)
            {
                return T["Bulk.SetDelivery.Plan.None"];
            }

            if (Change.Check(null).Any())
            {
                return T["Bulk.SetDelivery.Plan.Wrong"];
            }

            var outcomes = Outcomes;
            return string.Join(' ', new[]
            {
                (Key: "Change", Count: outcomes.Count(outcome => outcome == DeliveryOutcome.Done)),
                (Key: "WasSo", Count: outcomes.Count(outcome => outcome == DeliveryOutcome.WasSo)),
                (Key: "Self", Count: outcomes.Count(outcome => outcome == DeliveryOutcome.Refused)),
            }.Where(part => part.Count > 0 || part.Key == "Change")
                .Select(part => T[$"Bulk.SetDelivery.Plan.{part.Key}", part.Count].Value));
        }
    }

    public void Dispose() => _stop.Cancel();

    protected override async Task OnParametersSetAsync()
    {
        var opens = IsOpen && !_wasOpen;
        _wasOpen = IsOpen;
        if (opens)
        {
            (_change, _interval) = (new DeliveryChange(), null);
            var ids = Chosen.Keys.ToList();
            _current = await Read(ids, _stop.Token);
            _waiting = await Desk.CountOpenAsync(Kind, ids, _stop.Token);
            _channels = await Desk.ListChannelsAsync(Actor, _stop.Token);
        }
    }

    private string? ErrorOf(string part) => Change.Check(null).FirstOrDefault(refusal => refusal.Field == part) is { } refusal
        ? D[refusal.TextKey, refusal.Argument ?? 0].Value : null;

    // At first the zone of whoever sets it.
    private async Task SetQuietAsync(bool isSet) => _change = _change with
    {
        QuietHours = isSet ? new QuietHours { IsOn = true, TimeZone = TimeZones.NameOf(await TimeZone.GetAsync(_stop.Token)) } : null,
    };

    private void Set(QuietHours quiet) => _change = _change with { QuietHours = quiet };

    private void Set(Deduplication counted) => _change = _change with { Deduplication = counted };

    private void Set(Fallback fallback) => _change = _change with { Fallback = fallback };

    private async Task SetAsync()
    {
        var change = Change;
        await IsOpenChanged.InvokeAsync(false);
        await OnSet.InvokeAsync(change);
    }
}
