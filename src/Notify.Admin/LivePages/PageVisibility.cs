using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Notify.Admin.LivePages;

/// <summary>Tells a page's feed whether its tab is in front. Draws nothing.</summary>
public sealed class PageVisibility : ComponentBase, IDisposable
{
    private DotNetObjectReference<PageVisibility>? _self;

    [Inject]
    private PageFeed Feed { get; set; } = null!;

    [Inject]
    private IJSRuntime JS { get; set; } = null!;

    /// <summary>The browser says so.</summary>
    [JSInvokable]
    public void SetVisible(bool isVisible) => Feed.SetVisible(isVisible);

    public void Dispose() => _self?.Dispose();

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            await JS.InvokeVoidAsync("notify.followVisibility", _self);
        }
    }
}
