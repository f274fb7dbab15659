using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Localization;
using Notify.Admin.Channels;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.ChannelPages;

/// <summary>Adds and removes tags; the form around it saves them.</summary>
public sealed partial class TagEditor : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private IReadOnlyList<string> _inUse = [];
    private string _typed = "";
    private string? _refused;

    [Inject]
    private IDeliveryDesk Desk { get; set; } = null!;

    [Inject]
    private IStringLocalizer<ChannelPagesText> T { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SharedText> S { get; set; } = null!;

    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    [Parameter, EditorRequired]
    public IReadOnlyList<string> Value { get; set; } = [];

    [Parameter]
    public EventCallback<IReadOnlyList<string>> ValueChanged { get; set; }

    private string ListId { get; } = ElementIds.Next("tags");

    public void Dispose() => _stop.Cancel();

    protected override async Task OnInitializedAsync() => _inUse = await Desk.ListTagsAsync(Actor, _stop.Token);

    private Task OnKeyAsync(KeyboardEventArgs key) => key.Key is "Enter" or "," ? AddAsync() : Task.CompletedTask;

    private async Task AddAsync()
    {
        var typed = _typed.Trim().Trim(',');
        if (typed.Length == 0)
        {
            return;
        }

        _refused = ChannelTags.Clean(typed) is not { } tag ? T["Tags.Bad", ChannelTags.MostLength].Value
            : Value.Count >= ChannelTags.Most && !Value.Contains(tag) ? T["Tags.TooMany", ChannelTags.Most].Value : null;
        if (_refused is null)
        {
            _typed = "";
            await ValueChanged.InvokeAsync(ChannelTags.Ordered([.. Value, ChannelTags.Clean(typed)!]));
        }
    }

    private Task RemoveAsync(string tag) => ValueChanged.InvokeAsync([.. Value.Where(other => other != tag)]);
}
