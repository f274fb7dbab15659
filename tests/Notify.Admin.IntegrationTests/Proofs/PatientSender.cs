using System.Net;
using System.Text;

namespace Notify.Admin.IntegrationTests.Proofs;

/// <summary>Posts events to a program of its own, again for as long as it answers 503, as every sender should: one that has just started
/// on busy processors may take no event yet.</summary>
internal static class PatientSender
{
    public static async Task PostAsync(HttpClient client, string json, string type, CancellationToken cancellationToken)
    {
        HttpStatusCode answered;
        do
        {
            using var content = new StringContent(json, Encoding.UTF8, type);
            using var answer = await client.PostAsync("api/events", content, cancellationToken);
            answered = answer.StatusCode;
        }
        while (answered == HttpStatusCode.ServiceUnavailable);

        answered.ShouldBe(HttpStatusCode.Accepted);
    }
}
