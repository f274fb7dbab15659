using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;

namespace Notify.Admin.UnitTests;

internal static class Acting
{
    /// <summary>Finds an element and acts on it in one turn of the renderer. A page that still draws (what it asked the store for has
    /// come) may otherwise replace the element's handler between the two, and the act would be lost.</summary>
    public static void Act<TComponent>(this IRenderedComponent<TComponent> page, Func<IElement> find, Action<IElement> act)
        where TComponent : IComponent => page.InvokeAsync(() => act(find())).GetAwaiter().GetResult();
}
