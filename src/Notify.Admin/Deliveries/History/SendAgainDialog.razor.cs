using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.Deliveries;

/// <summary>The question before deliveries are sent again.</summary>
public sealed partial class SendAgainDialog
{
    private readonly string _textId = ElementIds.Next("again");
    private SendAgainTarget? _shown;
    private SendAgainPreview? _preview;
    private bool _alsoSent;
    private bool _working;

    [Inject]
    private DeliveryService Deliveries { get; set; } = null!;

    [Inject]
    private IStringLocalizer<DeliveriesText> T { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SharedText> S { get; set; } = null!;

    /// <summary>Null closes it.</summary>
    [Parameter]
    public SendAgainTarget? Target { get; set; }

    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    [Parameter]
    public EventCallback OnClosed { get; set; }

    [Parameter]
    public EventCallback<SendAgainResult> OnDone { get; set; }

    // One delivery is sent again whether it has arrived or not: somebody has chosen exactly that one.
    private bool IsOne => _preview is { Open: 0 } preview && preview.Chosen(alsoSent: true) is { Count: 1, HasMore: false };

    private bool AlsoSent => _alsoSent || (IsOne && _preview!.Sent.Count == 1);

    private SendAgainPart Chosen => _preview?.Chosen(AlsoSent) ?? new SendAgainPart([], HasMore: false);

    protected override async Task OnParametersSetAsync()
    {
        if (ReferenceEquals(Target, _shown))
        {
            return;
        }

        (_shown, _preview, _alsoSent) = (Target, null, false);
        if (Target is not { } target)
        {
            return;
        }

        var preview = await Deliveries.PreviewAsync(target, Actor, CancellationToken.None);
        if (ReferenceEquals(Target, target))
        {
            _preview = preview;
        }
    }

    private async Task SendAsync()
    {
        if (_working || Target is null)
        {
            return;
        }

        _working = true;
        try
        {
            var chosen = Chosen;
            var result = await Deliveries.SendAgainAsync(Target with { Ids = chosen.Ids }, AlsoSent, Actor, CancellationToken.None);
            await OnDone.InvokeAsync(result with { IsPartial = chosen.HasMore });
        }
        finally
        {
            _working = false;
        }
    }
}
