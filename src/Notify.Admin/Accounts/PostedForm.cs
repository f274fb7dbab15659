namespace Notify.Admin.Accounts;

/// <summary>The fields of a form that a page's script or a plain form posts.</summary>
internal static class PostedForm
{
    /// <summary>The request's form; one without fields where its body is none, which the framework's own binding answers with an
    /// error of the server.</summary>
    public static async Task<IFormCollection> FormOrEmptyAsync(this HttpRequest request, CancellationToken cancellationToken) =>
        request.HasFormContentType ? await request.ReadFormAsync(cancellationToken) : FormCollection.Empty;
}
