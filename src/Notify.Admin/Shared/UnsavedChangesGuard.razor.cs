using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Extensions.Localization;

namespace Notify.Admin.Shared;

/// <summary>Keeps someone from leaving a form with unsaved changes unasked.</summary>
public sealed partial class UnsavedChangesGuard
{
    private readonly string _generatedId = ElementIds.Next("unsaved");
    private string? _target;
    private bool _leaving;

    [Inject]
    private IStringLocalizer<SharedText> S { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    /// <summary>There is something to lose. Set it to false before navigating after a save.</summary>
    [Parameter, EditorRequired]
    public bool IsDirty { get; set; }

    /// <summary>What would be lost; by default a general sentence.</summary>
    [Parameter]
    public string? Description { get; set; }

    /// <summary>Runs when the person chose to leave: the place to forget a stored draft.</summary>
    [Parameter]
    public EventCallback OnDiscarded { get; set; }

    private string DescriptionId => $"{_generatedId}-text";

    protected override void OnParametersSet() => _leaving &= IsDirty;

    private Task OnLeavingAsync(LocationChangingContext context)
    {
        if (IsDirty && !_leaving && IsAnotherPage(context.TargetLocation))
        {
            context.PreventNavigation();
            _target = context.TargetLocation;
            StateHasChanged();
        }

        return Task.CompletedTask;
    }

    // A filter or tab in the query string does not leave the form.
    private bool IsAnotherPage(string target) =>
        !string.Equals(Navigation.ToAbsoluteUri(target).AbsolutePath, Navigation.ToAbsoluteUri(Navigation.Uri).AbsolutePath,
            StringComparison.OrdinalIgnoreCase);

    private void Stay() => _target = null;

    private async Task LeaveAsync()
    {
        var target = _target!;
        _target = null;
        _leaving = true;
        await OnDiscarded.InvokeAsync();
        Navigation.NavigateTo(target);
    }
}
